import type { Action, Target } from "../../src/domain/action.js";
import { fail, ok, type Failure } from "../../src/domain/result.js";
import { notate, toModelPoint, type CoordinateConvention } from "../../src/planning/model/coordinate-convention.js";
import type { ModelClient, ModelFailure, ModelReply, ModelRequest, PictureSize } from "../../src/ports/model-client.js";

export type ScriptedReply = string | (Partial<ModelReply> & { readonly text: string }) | Failure<ModelFailure>;

export interface ScriptedModelOptions {
  readonly model: string;
  readonly leavesMachine?: boolean;
  readonly answer: (
    request: ModelRequest,
    asked: number,
    signal: AbortSignal,
  ) => ScriptedReply | Promise<ScriptedReply>;
}

export interface ScriptedModel extends ModelClient {
  readonly requests: readonly ModelRequest[];
  readonly closed: () => boolean;
}

/** A server that answers by a script, and remembers what it was asked. */
export function createScriptedModel({ model, leavesMachine = false, answer }: ScriptedModelOptions): ScriptedModel {
  const requests: ModelRequest[] = [];
  let closed = false;
  return {
    name: "scripted",
    model,
    leavesMachine,
    requests,
    closed: () => closed,
    async complete(request, { signal }) {
      const said = await answer(request, requests.push(request) - 1, signal);
      if (typeof said !== "string" && "code" in said) return fail(said.code, said.message, said.details);
      const whole: ModelReply = { text: "", finish: "stop", model, attempts: 1, inputTokens: 900, outputTokens: 80 };
      return ok(typeof said === "string" ? { ...whole, text: said } : { ...whole, ...said });
    },
    close: async () => {
      closed = true;
    },
  };
}

/** What stands in a prompt: a server-like script answers from this alone. */
export interface PromptData {
  readonly instruction: string;
  readonly things: readonly {
    readonly id: string;
    readonly label: string;
    readonly point?: unknown;
    readonly box?: unknown;
    readonly state?: string;
    readonly atM: readonly number[];
  }[];
  readonly freePlaces?: readonly { readonly point: unknown; readonly clearanceM: number }[];
  readonly robot: { readonly holds: string | null };
  readonly history: readonly { readonly action: string; readonly grade: string; readonly code?: string }[];
}

export function promptData(request: ModelRequest): PromptData {
  const { text } = request.turns[0];
  return JSON.parse(text.slice(text.indexOf("{\n"))) as PromptData;
}

/** How a scripted model writes targets. */
export interface Writing {
  readonly convention: CoordinateConvention;
  readonly sent: PictureSize;
  readonly by: "ids" | "points";
}

/** Our steps in the words of a model: ids, or points in its convention. */
export const writeSteps = (steps: readonly Action[], writing: Writing): readonly unknown[] =>
  steps.map((step) =>
    Object.fromEntries(
      Object.entries(step).map(([key, value]) => [key, isTarget(value) ? writeTarget(value, writing) : value]),
    ),
  );

const isTarget = (value: unknown): value is Target =>
  typeof value === "object" && value !== null && "label" in value && "z" in value;

function writeTarget(target: Target, { convention, sent, by }: Writing) {
  const { label, detectionId } = target;
  const placement = "placement" in target ? { placement: target.placement } : {};
  if (by === "ids" && detectionId !== undefined) return { label, detectionId, point: null, ...placement };
  const point = notate(convention, toModelPoint(convention, sent, target));
  return { label, detectionId: null, point, ...placement };
}
