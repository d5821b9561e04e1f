import type { ConsultAnswer } from "../../ports/consultant.js";
import type { ModelImage } from "../../ports/model-client.js";
import type { Problem } from "./read-steps.js";

/** One question to the model and what came of it: for `--planner-trace` and for counting tokens. */
export interface PlannerTurn {
  /** Name of the planner: dialect and model. */
  readonly planner: string;
  /** 0 = the question, 1 = the repair round. */
  readonly round: number;
  readonly system: string;
  readonly prompt: string;
  readonly picture?: ModelImage;
  /** What the model wrote, untouched; undefined when there was no answer. */
  readonly raw?: string;
  /** The JSON value found in it. */
  readonly parsed?: unknown;
  /** What the model asked a skill in this turn, and what it was told. */
  readonly consult?: { readonly skill: string; readonly input: unknown; readonly answer: ConsultAnswer };
  readonly problems: readonly Problem[];
  /** `ok`, `consult` for a question to a skill, or the code of the failure that this turn ended with. */
  readonly outcome: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly attempts?: number;
  /** Milliseconds waiting for the model, by the clock given; absent without one. */
  readonly ms?: number;
}
