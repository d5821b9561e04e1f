import { fail, ok, type Result } from "../../domain/result.js";
import type { WordPiece } from "../../ports/words-reader.js";
import { Unreadable } from "../grammar/cursor.js";
import { contentsOf, putDown, SORTING_PLACES } from "../grammar/english-clauses.js";
import { linkProgram } from "../grammar/link-program.js";
import type { ParseFailure } from "../grammar/parse-instruction.js";
import type { Condition } from "../program/condition.js";
import { formatProgram } from "../program/format-program.js";
import type { Clause, InstructionProgram } from "../program/program.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { gather, isVerb, type Parts } from "./gather-parts.js";
import { mendPieces } from "./mend-pieces.js";
import { hangOn, isElse, isIf, opposite, readConditionParts } from "./read-conditions.js";
import { Unclear } from "./unclear.js";

const STOP = /[.;!?。；！？]/u;
const IT: ReferringExpression = { ...ANYTHING, text: "it", pronoun: true };
const SHIFTS = { left: "left-of", right: "right-of", front: "front-of", back: "behind" } as const;

function putClause(what: ReferringExpression, { goal, way, byColor }: Parts): Clause {
  if (goal !== undefined && byColor)
    return { do: "sort", what: { ...what, quantifier: "all" }, into: { ...goal.anchors[0], colors: [] } };
  if (goal !== undefined) return { do: "put", what, to: goal };
  const relation = way === undefined ? undefined : SHIFTS[way as keyof typeof SHIFTS];
  if (relation === undefined) return { do: "put", what };
  return { do: "put", what, to: { text: `to the ${way}`, relation, anchors: [what], shift: true } };
}

function pushClause(what: ReferringExpression, { goal, way, distanceM }: Parts): Clause {
  if (what.kinds.includes("drawer")) return { do: "close", what };
  const size = distanceM === undefined ? {} : { distanceM };
  if (way !== undefined) return { do: "push", what, side: way, ...size };
  if (goal === undefined)
    throw new Unclear("bad-instruction", `Push "${what.text}" where? Say left, right, forward, back or to what.`);
  const relation = goal.relation === "in" || goal.relation === "on" ? "near" : goal.relation;
  return { do: "push", what, to: { ...goal, relation }, ...size };
}

const LOOKS = ["left", "right", "up", "down", "home"] as const;

function clausesOf(parts: Parts): readonly Clause[] {
  const { verb, goal } = parts;
  if (verb === "look") {
    const at = LOOKS.find((direction) => direction === parts.look);
    if (at === undefined) throw new Unclear("bad-instruction", "Look where? Say left, right, up or down.");
    return [{ do: "look", at }];
  }
  if (verb === "wait") {
    const { seconds } = parts;
    if (seconds === undefined || seconds > 60)
      throw new Unclear("bad-instruction", "Wait how long? Say a number of seconds up to 60.");
    return [{ do: "wait", seconds }];
  }
  if (verb === "release" && parts.objects.length === 0 && goal === undefined) return [{ do: "release" }];
  const objects = parts.objects.length === 0 ? [IT] : parts.objects;
  return objects.map((what): Clause => {
    switch (verb) {
      case "take":
      case "out":
      case "give": {
        if (goal !== undefined || parts.byColor) return putClause(what, parts);
        const out = parts.out || what.relations.some(({ relation }) => relation === "from");
        return { do: "take", what, handOver: parts.me, out };
      }
      case "put":
        return putClause(what, parts);
      case "release":
        return goal === undefined ? putDown(what) : putClause(what, parts);
      case "open":
      case "close":
        return { do: verb, what };
      case "push":
        return pushClause(what, parts);
      case "sort": {
        const into = goal === undefined ? SORTING_PLACES : { ...goal.anchors[0], colors: [] };
        return { do: "sort", what: { ...what, quantifier: "all" }, into };
      }
      case "clear": {
        if (parts.byColor)
          return { do: "sort", what: { ...what, quantifier: "all" }, into: goal?.anchors[0] ?? SORTING_PLACES };
        // "Clear everything on the table": the place is what is cleared.
        const isAll = what.quantifier === "all" && what.kinds.length === 0 && what.colors.length === 0;
        const [place] = what.relations;
        if (isAll && what.relations.length === 1 && (place.relation === "on" || place.relation === "in"))
          return { do: "put", what: contentsOf(place.anchors[0]), ...(goal === undefined ? {} : { to: goal }) };
        if (isAll && what.relations.length === 0 && (goal?.relation === "on" || goal?.relation === "in"))
          return { do: "put", what: contentsOf(goal.anchors[0]) };
        return { do: "put", what: contentsOf(what), ...(goal === undefined ? {} : { to: goal }) };
      }
      default:
        throw new Unclear("bad-instruction", `I do not know how to "${verb}".`);
    }
  });
}

/** Things, a place for them, and then a thing again: "put the mug in the sink and the apple in the drawer". */
const isNextThing = (piece: WordPiece, current: readonly WordPiece[]): boolean => {
  if (piece.role !== "object" || piece.begins === "piece") return false;
  const firstThing = current.findIndex(({ role }) => role === "object");
  return firstThing >= 0 && current.some(({ role }, at) => role === "goal" && at > firstThing);
};

/** "What you [put] is the mug, [put] it there" says one verb twice; any other is a new command. */
const isSecondVerb = ({ label }: WordPiece, current: readonly WordPiece[]): boolean =>
  current.some(isIf) || current.some((piece) => isVerb(piece) && piece.label !== label);

/** An English clause has one verb; a Chinese one may have two (给我拿) and says them late. */
function splitClauses(pieces: readonly WordPiece[], text: string): readonly (readonly WordPiece[])[] {
  const chinese = /\p{Script=Han}/u.test(text);
  const clauses: WordPiece[][] = [];
  for (const piece of pieces) {
    const current = clauses.at(-1);
    const unmarked =
      current !== undefined &&
      ((!chinese && isVerb(piece) && isSecondVerb(piece, current)) || isNextThing(piece, current));
    if (piece.begins === "clause" || current === undefined || unmarked) clauses.push([piece]);
    else current.push(piece);
  }
  return clauses;
}

const readCondition = (pieces: readonly WordPiece[], text: string): Condition =>
  readConditionParts(pieces, text, (rest) => gather(rest, text, "take").objects);

/** What is done already is not done again: "choose the mug and put it in the sink" names one deed twice. */
const withoutRepetitions = (program: InstructionProgram): InstructionProgram =>
  program.filter((clause, i) => {
    const before = program[i - 1];
    const repeats = i > 0 && /^(?:take|put|open|close|sort)$/u.test(clause.do);
    return !(repeats && formatProgram([before]) === formatProgram([clause]));
  });

/** The program that the pieces of a prepared text say. Pure; names the word that no lexicon has, or what is missing. */
export function assembleProgram(text: string, pieces: readonly WordPiece[]): Result<InstructionProgram, ParseFailure> {
  try {
    let clauses: readonly Clause[] = [];
    let verb: string | undefined;
    let when: Condition | undefined;
    /** Where the last command began among the clauses, for a condition that is said behind it. */
    let latest = 0;
    let end = 0;
    let hangs = false;
    for (const clause of mendPieces(splitClauses(pieces, text), text)) {
      // A condition reaches as far as its sentence.
      if (hangs && STOP.test(text.slice(end, clause[0].start)) && !clause.some(isElse)) when = undefined;
      end = clause[clause.length - 1].end;
      if (clause.some(isIf)) {
        const condition = readCondition(clause, text);
        hangs = false;
        // Nothing was said yet that it could be an afterthought of.
        const comesFirst = clauses.length === 0 || clause.some(({ label }) => label === "if:next");
        when = comesFirst ? condition : undefined;
        if (when === undefined) clauses = hangOn(clauses, latest, { ...condition, afterwards: true });
        continue;
      }
      if (clause.some(isElse)) when = opposite(when ?? clauses.at(-1)?.when);
      const parts = gather(clause, text, verb);
      verb = parts.verb;
      latest = clauses.length;
      hangs = true;
      const under = when;
      clauses = [
        ...clauses,
        ...clausesOf(parts).map((read) => (under === undefined ? read : { ...read, when: under })),
      ];
    }
    if (when !== undefined && !hangs) throw new Unclear("bad-instruction", `What shall I do if ${when.text}?`);
    if (clauses.length === 0) throw new Unclear("bad-instruction", "I found nothing to do in that.");
    return ok(withoutRepetitions(linkProgram(clauses)));
  } catch (error) {
    if (error instanceof Unclear || error instanceof Unreadable) return fail(error.code, error.message, error.details);
    throw error;
  }
}
