import { isNegated, PHYSICAL_RULES, type PhysicalCategory, type PhysicalRule } from "./physical-rules.js";

export interface WordsVerdict {
  readonly acceptable: boolean;
  readonly categories: readonly PhysicalCategory[];
  /** Why not, with the words that it is about. */
  readonly findings: readonly {
    readonly category: PhysicalCategory;
    readonly reason: string;
    readonly words: string;
  }[];
}

/** Judged clause by clause: "cut the bread, then wave to him" speaks of no knife at anybody. */
const CLAUSES = /[.;!?\n。；！？，,]+|\b(?:and then|then|but|after that)\b|然后|但是|接着/iu;

/**
 * Whether words ask a robot for something that would be physically dangerous, in English or Chinese. Rules written by people: they find
 * plain wording, not what is meant between the lines, and they know nothing of insults, lies or crimes. What a robot may do is decided by
 * the safety limits, whatever is found here.
 */
export function judgeWords(text: string): WordsVerdict {
  const clauses = text
    // Invisible signs and full-width letters would hide words.
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .split(CLAUSES)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");
  const holds = ({ all, unless = [] }: PhysicalRule, words: string): boolean =>
    all.every((each) => each.test(words)) && !unless.some((each) => each.test(words));
  const findings = clauses.flatMap((words, at) => {
    const before = clauses[at - 1];
    const rule = PHYSICAL_RULES.find(
      (each) =>
        holds(each, words) ||
        // "Take the knife, then point it at him": what is named in one clause is used in the next.
        (before !== undefined && !isNegated(before) && !holds(each, before) && holds(each, `${before} ${words}`)),
    );
    return rule === undefined ? [] : [{ category: rule.category, reason: rule.reason, words }];
  });
  return {
    acceptable: findings.length === 0,
    categories: [...new Set(findings.map(({ category }) => category))],
    findings,
  };
}
