import type { TruthSnapshot } from "../physics/truth.js";
import type { SceneSpec } from "../scenes/scene-spec.js";

export type Language = "en" | "zh";

export interface GoalVerdict {
  readonly success: boolean;
  /** Share of the sub-goals that hold, 0 to 1; 1 exactly when `success`. */
  readonly partial: number;
}

/**
 * Whether the instruction has been carried out, judged on the simulator's truth before and after. For scoring only: nothing
 * that decides what the robot does may call it.
 */
export type Goal = (before: TruthSnapshot, after: TruthSnapshot) => GoalVerdict;

/** What a task family makes of a scene: words for the robot, and a predicate for the scorer. */
export interface Task {
  readonly instruction: string;
  readonly language: Language;
  /** Task family, the rows of the summary's `groups`. */
  readonly group: string;
  readonly goal: Goal;
}

/** One simulated trial. Everything in it follows from suite, index and seed. */
export interface Episode extends Task {
  readonly suite: string;
  readonly index: number;
  /** Seed of the scene; 900000 or more, so never one that the on-board models were trained on. */
  readonly seed: number;
  readonly scene: SceneSpec;
}
