import type { Frame } from "../domain/frame.js";
import type { FailureCode, Receipt } from "../domain/receipt.js";
import type { Plan } from "../domain/plan.js";
import type { Result } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";

export interface PlanRequest {
  readonly instruction: string;
  readonly scene: Scene;
  /** The picture that the scene was made from, for planners with eyes of their own; others do without. */
  readonly frame?: Frame;
  /** What became of earlier steps of this mission, oldest first, refusals with the bound that was hit. */
  readonly history: readonly Receipt[];
  /** Questions asked in this mission and what the person said. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
}

export type PlanFailure = Extract<
  FailureCode,
  | "bad-instruction"
  | "unknown-word"
  | "not-visible"
  | "ambiguous"
  | "forbidden"
  | "planner-failed"
  | "timeout"
  | "unsupported"
>;

/** Instruction and scene to the next steps. Never sees the robot. */
export interface Planner {
  readonly name: string;
  /** True for planners that follow rules written by people; shown as `scripted` wherever results are shown. */
  readonly scripted: boolean;
  /**
   * The remaining steps from this scene on; `done` when the goal is believed to hold, `ask` when two things fit.
   * Deterministic for equal requests unless the back end is not. Failures are values.
   */
  plan(request: PlanRequest, options: { signal: AbortSignal }): Promise<Result<Plan, PlanFailure>>;
  close(): Promise<void>;
}
