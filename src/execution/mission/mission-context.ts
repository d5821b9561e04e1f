import type { Action } from "../../domain/action.js";
import type { MissionOutcome, MissionResult } from "../../domain/mission.js";
import type { ApprovedPlan, Plan } from "../../domain/plan.js";
import type { Evidence, FailureCode, Grade, Receipt } from "../../domain/receipt.js";
import type { Look } from "../../ports/perception.js";
import type { Effect } from "../effect.js";
import type { TaskState } from "./mission.types.js";

/** A step that was carried out and whose effect has still to be seen. */
export interface PendingStep {
  readonly step: number;
  readonly action: Action;
  readonly effect: Effect;
  /** What was seen before the step. */
  readonly before: Look;
  readonly evidence: Evidence;
}

/** An intended effect of this mission, with what looking said of it. */
export interface SeenEffect extends PendingStep {
  readonly verified: boolean;
}

/** All that a mission knows about itself. Stages read it and answer with an update. */
export interface MissionContext {
  readonly instruction: string;
  readonly startedAtMs: number;
  readonly look?: Look;
  /** True while nothing has moved since `look`. */
  readonly lookIsCurrent: boolean;
  readonly proposed?: Plan;
  readonly plan?: ApprovedPlan;
  /** Index into `plan.steps` of the step at hand. */
  readonly cursor: number;
  /** The step of `plan` that a person has allowed. */
  readonly allowedCursor?: number;
  /** Steps carried out or refused so far: the number of the next receipt. */
  readonly steps: number;
  readonly replans: number;
  readonly plans: number;
  readonly history: readonly Receipt[];
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly pending?: PendingStep;
  readonly effects: readonly SeenEffect[];
  /** The planner's words with which it believes that the goal holds. */
  readonly claim?: string;
  readonly result?: MissionResult;
}

/** What a stage answers: where to go, and what has changed. */
export interface Next<Target extends TaskState> {
  readonly next: Target;
  readonly update: Partial<MissionContext>;
}

export const newContext = (instruction: string, startedAtMs: number): MissionContext => ({
  instruction,
  startedAtMs,
  lookIsCurrent: false,
  cursor: 0,
  steps: 0,
  replans: 0,
  plans: 0,
  history: [],
  answers: [],
  effects: [],
});

const GRADES: Readonly<Record<MissionOutcome, Grade>> = {
  done: "verified",
  "given-up": "refused",
  failed: "failed",
  stopped: "failed",
};

/** The mission's end, graded by its outcome: only `done` is `verified`. */
export function endMission<Outcome extends MissionOutcome>(
  outcome: Outcome,
  context: Pick<MissionContext, "history">,
  why: { code?: string; message: string; question?: MissionResult["question"] },
): Next<Outcome> {
  const result: MissionResult = { outcome, grade: GRADES[outcome], ...why, receipts: context.history };
  return { next: outcome, update: { result, history: context.history } };
}

export const failedReceipt = (
  step: number,
  action: Action,
  failure: { code: FailureCode; message: string; details?: Readonly<Record<string, unknown>> },
  evidence: Evidence = {},
): Receipt => ({ step, action, grade: "failed", ...failure, evidence });
