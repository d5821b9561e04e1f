import type { Scene } from "../../domain/scene.js";
import { ok, type Failure, type Result } from "../../domain/result.js";
import type { Evidence, FailureCode } from "../../domain/receipt.js";
import type { Robot } from "../../ports/robot.js";
import type { Effect, Grip } from "../effect.js";

/** What an action has at hand. */
export interface MotionContext {
  /** Guarded: refusals come back as failure values. */
  readonly robot: Robot;
  readonly scene: Scene;
  readonly grip?: Grip;
  readonly signal: AbortSignal;
  /** One line for people about what is being tried. */
  readonly note: (text: string) => void;
}

/** What became of an action. The grip is the gripper's content afterwards, whatever the result. */
export interface Performed {
  readonly result: Result<void, FailureCode>;
  readonly grip?: Grip;
  /** What the action should have changed, for verification; absent for looking and waiting. */
  readonly effect?: Effect;
  readonly evidence: Evidence;
}

export type Step = Result<unknown, FailureCode>;

/** Runs steps until one fails; the failure is the result. */
export async function inOrder(...steps: readonly (() => Promise<Step>)[]): Promise<Step> {
  for (const step of steps) {
    const result = await step();
    if (!result.ok) return result;
  }
  return ok(undefined);
}

/** The guard or the arm's geometry said no before anything moved: another way may do. */
const REFUSALS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "keep-out",
  "out-of-reach",
  "joint-limit",
  "outside-workspace",
]);
export const isRefusal = (failure: Failure<FailureCode>): boolean => REFUSALS.has(failure.code);

export const failed = (
  failure: Failure<FailureCode>,
  { grip, evidence = {} }: { grip?: Grip; evidence?: Evidence } = {},
): Performed => ({ result: failure, evidence, ...(grip && { grip }) });
