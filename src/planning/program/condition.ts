import type { Receipt } from "../../domain/receipt.js";
import type { Scene } from "../../domain/scene.js";
import { DRAWER_STATES, type DrawerState } from "../../domain/vocabulary.js";
import { stateOf } from "../reference/match-attributes.js";
import type { ReferringExpression } from "../reference/referring-expression.js";
import { candidates } from "../reference/resolve.js";
import type { Clause } from "./program.js";

/**
 * What a clause hangs on: the state of a drawer, or whether something is there. Judged once, from what is seen when its turn
 * comes; what it leaves out is left out for good.
 */
export interface Condition {
  /** As it was said. Clauses that follow each other with equal texts hang on one judgement. */
  readonly text: string;
  readonly what: ReferringExpression;
  /** The drawer is in one of these states. Without: there is such a thing. */
  readonly states?: readonly DrawerState[];
  /** There must be no such thing. */
  readonly absent: boolean;
  /** Said behind its clause: "close it, if it is open". */
  readonly afterwards?: true;
  /** "Otherwise": where the condition does not hold. */
  readonly otherwise?: true;
  /** The clause meets it by itself: "if it is open, close it". */
  readonly implied?: true;
}

/** A half-open drawer counts as open, as people say it. */
export function statesOf(said: DrawerState, { negated }: { readonly negated: boolean }): readonly DrawerState[] {
  const states: readonly DrawerState[] = said === "open" ? ["open", "ajar"] : [said];
  return negated ? DRAWER_STATES.filter((state) => !states.includes(state)) : states;
}

function holds({ what, states, absent }: Condition, scene: Scene): boolean {
  const things = candidates(what, scene, {});
  if (states === undefined) return things.length > 0 !== absent;
  return things.some((thing) => {
    const state = stateOf(thing);
    return state !== undefined && states.includes(state);
  });
}

/** What is told of a judgement; in the history it keeps the judgement for the rest of the mission. */
const verdictText = ({ text }: Condition, verdict: boolean): string =>
  `${text.slice(0, 300)}: ${verdict ? "yes." : "no."}`;

export interface Judgement {
  readonly verdict: boolean;
  /** What has to be said first, so that later plans know of it. */
  readonly say?: string;
}

/** `history`: from where the condition's turn came. */
export function judge(condition: Condition, scene: Scene, history: readonly Receipt[]): Judgement {
  const told = history.find(
    ({ action }) =>
      action.action === "say" &&
      (action.text === verdictText(condition, true) || action.text === verdictText(condition, false)),
  );
  if (told?.action.action === "say") return { verdict: told.action.text === verdictText(condition, true) };
  const verdict = holds(condition, scene);
  return { verdict, say: verdictText(condition, verdict) };
}

/** "If the drawer is open, close it" asks for no judgement: closing it does nothing when it is closed. */
export function isMetBy({ states, otherwise, what }: Condition, clause: Clause): boolean {
  if (states === undefined || otherwise === true) return false;
  if (clause.do !== "open" && clause.do !== "close") return false;
  const goal = clause.do === "open" ? "open" : "closed";
  const others = clause.do === "open" ? ["closed"] : ["open", "ajar"];
  const same = JSON.stringify({ ...what, text: "" }) === JSON.stringify({ ...clause.what, text: "" });
  return same && !states.includes(goal) && others.every((state) => states.includes(state as DrawerState));
}
