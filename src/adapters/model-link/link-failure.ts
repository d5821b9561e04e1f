import { fail, type Failure } from "../../domain/result.js";
import type { ModelFailure } from "../../ports/model-client.js";

/** One request that failed, on its way up to where retries are decided. Never leaves the adapters. */
export class LinkFailure extends Error {
  readonly code: ModelFailure;
  /** Whether the same request may well succeed in a moment. */
  readonly passing: boolean;
  /** How long the server asked to be left alone, milliseconds. */
  readonly retryAfterMs?: number;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** What the server said, cleaned and shortened. Untrusted. */
  readonly said?: string;

  constructor(
    code: ModelFailure,
    message: string,
    more: { passing?: boolean; retryAfterMs?: number; status?: number; said?: string } = {},
  ) {
    super(message);
    this.name = "LinkFailure";
    this.code = code;
    this.passing = more.passing ?? false;
    this.retryAfterMs = more.retryAfterMs;
    this.status = more.status;
    this.said = more.said;
  }

  toFailure(attempts: number, note = ""): Failure<ModelFailure> {
    return fail(this.code, `${this.message}${note}`, {
      attempts,
      ...(this.status === undefined ? {} : { status: this.status }),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterS: this.retryAfterMs / 1_000 }),
    });
  }
}
