import type { DrawerState } from "../../domain/vocabulary.js";
import type { WordPiece } from "../../ports/words-reader.js";
import { contentsOf } from "../grammar/english-clauses.js";
import { statesOf, type Condition } from "../program/condition.js";
import type { Clause } from "../program/program.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { Unclear } from "./unclear.js";

export const isIf = ({ label }: WordPiece): boolean => label.startsWith("if:");
export const isElse = ({ label }: WordPiece): boolean => label === "else";
/** A state that is said of the thing (is open) rather than one that tells it apart (the open drawer). */
const isSaidOf = ({ label, role }: WordPiece): boolean => label.startsWith("state:") && role === "none";
const steers = (piece: WordPiece): boolean =>
  isIf(piece) || isSaidOf(piece) || piece.label === "not" || piece.label === "empty";

/** The pieces of a condition's clause to what has to hold. `read` finds the things that other pieces name. */
export function readConditionParts(
  pieces: readonly WordPiece[],
  text: string,
  read: (pieces: readonly WordPiece[]) => readonly ReferringExpression[],
): Condition {
  const said = text.slice(pieces[0].start, pieces[pieces.length - 1].end);
  const rest = pieces.filter((piece) => !steers(piece));
  const negated = pieces.some(({ label }) => label === "not");
  const [named, ...more] = rest.length === 0 ? [] : read(rest);
  if (named === undefined || more.length > 0)
    throw new Unclear("bad-instruction", `I do not see what "${said}" asks. Say it of one thing or one drawer.`);
  // "Something in the sink" asks for anything there, of no kind that was named before.
  const bare = named.kinds.length === 0 && named.pronoun !== true;
  const what: ReferringExpression = bare ? { ...named, sameKind: false, quantifier: "all" } : named;
  const state = pieces.find(isSaidOf)?.label.slice("state:".length) as DrawerState | undefined;
  if (state !== undefined) return { text: said, what, states: statesOf(state, { negated }), absent: false };
  if (pieces.some(({ label }) => label === "empty"))
    return { text: said, what: { ...ANYTHING, ...contentsOf(what) }, absent: !negated };
  return { text: said, what, absent: negated };
}

/** Puts a condition that was said last on what it was said of. */
export const hangOn = (clauses: readonly Clause[], from: number, when: Condition): readonly Clause[] =>
  clauses.map((clause, i) => (i < from ? clause : { ...clause, when }));

export function opposite(when: Condition | undefined): Condition {
  if (when === undefined)
    throw new Unclear("bad-instruction", 'There is no condition that "otherwise" could be the opposite of.');
  return { ...when, otherwise: true };
}
