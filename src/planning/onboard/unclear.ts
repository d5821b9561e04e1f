import type { PlanFailure } from "../../ports/planner.js";

/** Raised while pieces are put together and turned into a failure value by `assembleProgram`. */
export class Unclear extends Error {
  constructor(
    readonly code: Extract<PlanFailure, "bad-instruction" | "unknown-word">,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
