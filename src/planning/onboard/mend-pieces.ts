import { PIECE_LABELS, type WordPiece } from "../../ports/words-reader.js";
import { LEXICON } from "../lexicon/lexicon.js";
import { isElse, isIf } from "./read-conditions.js";

/** The pieces of one command. */
type ClausePieces = readonly WordPiece[];

const HAN = /\p{Script=Han}/u;
const isVerb = ({ label }: WordPiece): boolean => label.startsWith("verb:");
const isRelation = ({ label }: WordPiece): boolean => label.startsWith("rel:");
const isNoun = ({ label }: WordPiece): boolean => label.startsWith("noun:") || label === "pronoun" || label === "one";
const hasRole = (pieces: ClausePieces, role: WordPiece["role"]): boolean => pieces.some((piece) => piece.role === role);
/** Only conditions are of these. */
const isStray = ({ label, role }: WordPiece): boolean =>
  label === "not" || label === "empty" || (role === "none" && /^(?:state|noun):/u.test(label));

/** Runs of pieces that are one noun phrase; relations and pieces without a role stand alone. */
function* phrasesOf(pieces: ClausePieces): Generator<ClausePieces> {
  let run: WordPiece[] = [];
  for (const piece of pieces) {
    const alone = isRelation(piece) || piece.role === "none";
    const goesOn =
      run.length > 0 && !alone && piece.begins === "piece" && !isRelation(run[0]) && run[0].role !== "none";
    if (!goesOn && run.length > 0) {
      yield run;
      run = [];
    }
    run.push(piece);
  }
  if (run.length > 0) yield run;
}

const withRole = (pieces: ClausePieces, role: WordPiece["role"]): ClausePieces =>
  pieces.map((piece) => (piece.role === role ? piece : { ...piece, role }));

/**
 * One phrase has one role, that of its noun; a relation has the role of the phrase that it goes with, which stands behind it in
 * English and before it in Chinese. The reader decides each piece for itself and now and then disagrees with itself.
 */
function agreeOnRoles(pieces: ClausePieces, chinese: boolean): ClausePieces {
  const phrases = [...phrasesOf(pieces)].map((phrase) => {
    const noun = phrase.findLast(isNoun);
    return noun === undefined || phrase[0].role === "none" ? phrase : withRole(phrase, noun.role);
  });
  const isPhrase = (phrase: ClausePieces | undefined): phrase is ClausePieces =>
    phrase !== undefined && phrase[0].role !== "none" && !isRelation(phrase[0]);
  for (const [i, [relation]] of phrases.entries()) {
    if (!isRelation(relation) || relation.role === "none" || relation.role === "object") continue;
    const at = chinese && isPhrase(phrases[i - 1]) ? i - 1 : i + 1;
    const phrase = phrases[at];
    if (!isPhrase(phrase) || phrase[0].role === relation.role) continue;
    if (phrase[0].role === "object") phrases[at] = withRole(phrase, relation.role);
    else phrases[i] = withRole(phrases[i], phrase[0].role);
  }
  const holds = (phrase: ClausePieces, i: number): boolean =>
    isRelation(phrase[0]) && (isPhrase(phrases[i + 1]) || (chinese && isPhrase(phrases[i - 1])));
  // A relation to nothing says nothing where another one says it.
  if (!phrases.some(holds)) return phrases.flat();
  return phrases.filter((phrase, i) => !isRelation(phrase[0]) || holds(phrase, i)).flat();
}

/** 整|理 and "scoop|up" are one verb in two pieces; 给我|拿 are two verbs. */
function joinVerbs(pieces: ClausePieces, text: string): ClausePieces {
  const joined: WordPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const adjacent = last !== undefined && isVerb(last) && isVerb(piece) && piece.start - last.end <= 1;
    const isGift = last?.label === "verb:give" || piece.label === "verb:give";
    if (!adjacent || isGift || piece.begins === "clause") joined.push(piece);
    else {
      const span = text.slice(last.start, piece.end);
      const meaning = LEXICON.english.meanings.get(span) ?? LEXICON.chinese.meanings.get(span);
      const known =
        meaning?.type === "verb" && PIECE_LABELS.includes(`verb:${meaning.verb}`) ? `verb:${meaning.verb}` : undefined;
      joined[joined.length - 1] = { ...last, end: piece.end, label: known ?? last.label };
    }
  }
  return joined;
}

/** "The drawer" | "push it shut": a thing said first and a command without one. "In the box" | "put the bottle". */
function belongTogether(first: ClausePieces, second: ClausePieces): boolean {
  if (second.some(isIf) || second.some(isElse) || !second.some(isVerb)) return false;
  const isVerbless = !first.some(isVerb) && !hasRole(first, "goal");
  if (isVerbless && hasRole(first, "object")) return !hasRole(second, "object");
  if (isVerbless) return hasRole(first, "after") || hasRole(first, "before");
  const isPlaceOnly = hasRole(first, "goal") && !hasRole(first, "object");
  const puts = second.some(({ label }) => label === "verb:put");
  return isPlaceOnly && puts && hasRole(second, "object") && !hasRole(second, "goal");
}

/**
 * Sets right what cannot be meant, in the clauses that the reader found: pieces that only conditions have, roles that contradict
 * each other, fragments of one command, a first verb that says nothing of anything.
 */
export function mendPieces(clauses: readonly ClausePieces[], text: string): readonly ClausePieces[] {
  const chinese = HAN.test(text);
  const mended: ClausePieces[] = [];
  for (const [index, raw] of clauses.entries()) {
    const conditional = raw.some(isIf);
    // "If it suits you": a condition of nothing that is known
    if (conditional && raw.every((piece) => isIf(piece) || piece.label === "not")) continue;
    const clause = agreeOnRoles(
      conditional
        ? raw
        : joinVerbs(
            raw.filter((piece) => !isStray(piece)),
            text,
          ),
      chinese,
    );
    if (clause.length === 0) continue;
    const isFirst = !mended.some((earlier) => !earlier.some(isIf));
    const isRelease = clause.length === 1 && clause[0].label === "verb:release";
    const saysNothing = clause.every(isVerb) && !isRelease;
    // "Listen, ..." taken for a place that nobody knows
    const isNowhere = clause.every(({ label, role }) => label === "noun:other" && role !== "object");
    if (isFirst && (saysNothing || isNowhere) && index + 1 < clauses.length) continue;
    const last = mended.at(-1);
    if (last !== undefined && !last.some(isIf) && !last.some(isElse) && belongTogether(last, clause))
      mended[mended.length - 1] = [
        ...last,
        ...clause.map((piece, i) => (i === 0 ? { ...piece, begins: asPart(piece) } : piece)),
      ];
    else mended.push(clause);
  }
  return mended;
}

const asPart = (piece: WordPiece): WordPiece["begins"] => (piece.role === "none" ? "piece" : "phrase");
