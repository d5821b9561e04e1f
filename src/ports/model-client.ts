import type { Result } from "../domain/result.js";

/** A picture as a model gets it: already scaled to a size that the model keeps as it is. */
export interface ModelImage {
  readonly mediaType: "image/jpeg" | "image/png";
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** height x width x 3, row-major, 8-bit sRGB. A `Frame` is one. */
export interface RgbPicture extends PictureSize {
  readonly rgb: Uint8Array;
}

/** Scales a picture to exactly `size`, without keeping its proportions, and encodes it. Does not block the thread. */
export type PictureOf = (picture: RgbPicture, size: PictureSize) => Promise<ModelImage>;

export interface ModelTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly images?: readonly ModelImage[];
}

export interface ModelRequest {
  readonly system: string;
  readonly turns: readonly ModelTurn[];
  /** JSON schema of the answer, for servers that can hold the model to it. The answer is checked again in any case. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
  readonly maxOutputTokens: number;
  readonly temperature: number;
}

export interface ModelReply {
  /** What the model wrote, untouched. Untrusted. */
  readonly text: string;
  /** `length`: cut off at the token limit; `filtered`: withheld by the provider. */
  readonly finish: "stop" | "length" | "filtered" | "other";
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** The model that really answered, where the server says. */
  readonly model: string;
  /** How often the request was sent, 1 = no retry. */
  readonly attempts: number;
}

export type ModelFailure =
  | "link-lost"
  | "timeout"
  | "unauthorized"
  | "model-not-found"
  | "rate-limited"
  | "server-error"
  | "bad-answer"
  | "unsupported";

/** One language model with eyes behind one server dialect. */
export interface ModelClient {
  /** Dialect: `openai-compatible`, `ollama`, `google`, `anthropic`. */
  readonly name: string;
  /** Model id as configured. */
  readonly model: string;
  /** False only for servers on this machine (loopback): the launch file's `offline` setting refuses the others. */
  readonly leavesMachine: boolean;
  /**
   * One answer. Retries what is worth retrying (429, 5xx, broken connections) with backoff inside its time limit; failures are values
   * that say what was expected, found and what to do. Rejects with `aborted` when the signal fires.
   */
  complete(request: ModelRequest, options: { signal: AbortSignal }): Promise<Result<ModelReply, ModelFailure>>;
  close(): Promise<void>;
}
