import { isMoving, type Action } from "../../domain/action.js";
import type { Receipt } from "../../domain/receipt.js";
import { labelFits } from "./labels.js";
import type { Clause, Place } from "./program.js";

/** How far the history says that a clause has come. */
export interface Progress {
  /** Its goal was reached, or a later clause's step was, which is only tried once this one is settled. */
  readonly settled: boolean;
  /** How many things it has dealt with. */
  readonly count: number;
  /** Index into the history of the first receipt that is not this clause's. */
  readonly end: number;
  /** Receipts since its last success, oldest first: failures, and what was done in preparation. */
  readonly since: readonly Receipt[];
  readonly achieved: readonly Receipt[];
}

const goesTo = (place: Place | undefined, label: string): boolean =>
  place === undefined || place.anchors.some((anchor) => labelFits(anchor, label));

/** Is the action what the clause is about, rather than a preparation for it? */
function isPrincipal(clause: Clause, action: Action): boolean {
  switch (clause.do) {
    case "take":
      if (action.action === "grasp") return labelFits(clause.what, action.target.label);
      // Taking several out means putting them down one by one.
      return clause.what.quantifier === "all" && action.action === "move" && labelFits(clause.what, action.from.label);
    case "put":
      if (action.action === "move")
        return labelFits(clause.what, action.from.label) && goesTo(clause.to, action.to.label);
      return action.action === "place" && goesTo(clause.to, action.to.label);
    case "sort":
      if (action.action === "move")
        return labelFits(clause.what, action.from.label) && labelFits(clause.into, action.to.label);
      return action.action === "place" && labelFits(clause.into, action.to.label);
    case "open":
    case "close":
      return action.action === clause.do && labelFits(clause.what, action.target.label);
    case "push":
      return action.action === "push" && labelFits(clause.what, action.from.label);
    case "release":
      return action.action === "release";
    case "look":
      return action.action === "look" && action.at === clause.at;
    case "wait":
      return action.action === "wait" && action.seconds === clause.seconds;
  }
}

/** Steps that any clause may need first: opening a drawer, emptying the hand, taking what is put elsewhere. */
function isPreparation(clause: Clause, action: Action): boolean {
  if (action.action === "open") return clause.do === "take" || clause.do === "put" || clause.do === "sort";
  if (action.action === "place") return action.to.placement === "on";
  return action.action === "grasp" && clause.do === "put" && labelFits(clause.what, action.target.label);
}

/** `what` is several: the clause goes on after one success. */
export function isRepeated(clause: Clause): boolean {
  return clause.do === "sort" || ("what" in clause && clause.what.quantifier === "all");
}

const counts = (receipt: Receipt): boolean =>
  isMoving(receipt.action) ? receipt.grade === "verified" : receipt.grade !== "failed" && receipt.grade !== "refused";

/**
 * Reads the history from `start` for one clause. A planner that always emits the first unsettled clause's steps may conclude
 * from any success of another clause that this one was settled when that step was chosen.
 */
export function readProgress(clause: Clause, history: readonly Receipt[], start: number): Progress {
  const achieved: Receipt[] = [];
  let end = start;
  for (let i = start; i < history.length; i++) {
    const receipt = history[i];
    if (!counts(receipt)) continue;
    if (isPrincipal(clause, receipt.action)) {
      achieved.push(receipt);
      end = i + 1;
      const enough = "what" in clause && clause.what.count !== undefined && achieved.length >= clause.what.count;
      if (!isRepeated(clause) || enough) return { settled: true, count: achieved.length, end, since: [], achieved };
    } else if (isMoving(receipt.action) && !isPreparation(clause, receipt.action)) {
      return { settled: true, count: achieved.length, end, since: [], achieved };
    }
  }
  return { settled: false, count: achieved.length, end, since: history.slice(end), achieved };
}
