import type { EventBody } from "../../../domain/event.js";
import type { Receipt } from "../../../domain/receipt.js";
import type { Grip } from "../../effect.js";
import { timeLimit, type TimeLimit } from "../abort.js";
import type { HoldGate } from "../hold-gate.js";
import type { MissionContext, Next } from "../mission-context.js";
import { endMission } from "../mission-context.js";
import type { MissionOptions } from "../mission.types.js";

/** What is in the hand outlives a mission: "pick up the apple", then "put it into the sink". */
export interface Hand {
  grip?: Grip;
}

/** What the stages share. */
export interface StageDeps extends MissionOptions {
  readonly hand: Hand;
  readonly gate: HoldGate;
  emit(event: EventBody): void;
}

export const looking = (deps: StageDeps, signal: AbortSignal): TimeLimit =>
  timeLimit([signal], deps.limits.lookTimeoutMs ?? 60_000, deps.timers);

/** A receipt goes into the history and out to the subscribers, always both. */
export function record(deps: StageDeps, context: MissionContext, receipt: Receipt): Pick<MissionContext, "history"> {
  deps.emit({ event: "receipt", receipt });
  return { history: [...context.history, receipt] };
}

/**
 * After a refused or failed step: look and plan anew, or end when the limits are used up. Ends as `given-up` when nothing was
 * allowed to happen, as `failed` when something was tried; the code is the last receipt's.
 */
export function replan(
  deps: StageDeps,
  context: MissionContext,
  update: Partial<MissionContext> & Pick<MissionContext, "history">,
): Next<"perceiving" | "given-up" | "failed"> {
  const replans = context.replans + 1;
  const last = update.history.at(-1);
  if (replans > deps.limits.maxReplans) {
    const ending = endMission(last?.grade === "refused" ? "given-up" : "failed", update, {
      code: last?.code ?? "too-many-replans",
      message: `Gave up after ${context.replans} new plans. Last: ${last?.message ?? "no progress"}`,
    });
    return { next: ending.next, update: { ...update, ...ending.update, replans: context.replans } };
  }
  return { next: "perceiving", update: { ...update, replans, plan: undefined, proposed: undefined, cursor: 0 } };
}
