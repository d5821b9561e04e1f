import type { Action } from "../../domain/action.js";
import type { Receipt } from "../../domain/receipt.js";
import type { Failure } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { PlanFailure, PlanRequest } from "../../ports/planner.js";
import type { Progress } from "./progress.js";

/** What a clause is worked out from. */
export interface ClauseContext {
  readonly scene: Scene;
  readonly answers: PlanRequest["answers"];
  /** The whole mission's receipts. */
  readonly history: readonly Receipt[];
  readonly progress: Progress;
}

/** What a clause needs now. */
export type ClauseWork =
  /** Nothing: it holds already. */
  | { readonly kind: "settled"; readonly evidence: string }
  /** These steps; with `complete` they finish the clause and leave `after`, else a new look is needed behind them. */
  | { readonly kind: "steps"; readonly steps: readonly Action[]; readonly after: Scene; readonly complete: boolean }
  | { readonly kind: "failure"; readonly failure: Failure<PlanFailure> };

export const settled = (evidence: string): ClauseWork => ({ kind: "settled", evidence });
export const failure = (value: Failure<PlanFailure>): ClauseWork => ({ kind: "failure", failure: value });
/** Steps after which the scene has to be seen anew before anything else can be said. */
export const stepsThenLook = (steps: readonly Action[], scene: Scene): ClauseWork => ({
  kind: "steps",
  steps,
  after: scene,
  complete: false,
});
export const giveUp = (reason: string, scene: Scene): ClauseWork =>
  stepsThenLook([{ action: "give-up", reason: reason.slice(0, 500) }], scene);
