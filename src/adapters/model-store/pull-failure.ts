import { fail, type Failure } from "../../domain/result.js";

/** Why a file or a model could not be fetched. */
export type PullFailure =
  /** 401 or 403: a token is missing or wrong, or the licence was not accepted on the hub's page. */
  | "unauthorized"
  | "model-not-found"
  | "rate-limited"
  | "server-error"
  | "link-lost"
  /** The server stopped sending. */
  | "timeout"
  /** Something else than the file: a page, a redirect to nowhere, the wrong range. */
  | "bad-answer"
  /** What came is not what the card says: size or sha256. */
  | "damaged"
  | "no-space"
  /** Another process is pulling the same model. */
  | "locked"
  | "licence-not-accepted"
  | "offline"
  | "bad-card";

/** One attempt that failed; thrown inside the download, never out of it. */
export class PullProblem extends Error {
  readonly code: PullFailure;
  /** Whether the same request may well succeed in a moment, from where it broke off. */
  readonly passing: boolean;
  /** How long the server asked to be left alone, milliseconds. */
  readonly retryAfterMs?: number;

  constructor(code: PullFailure, message: string, more: { passing?: boolean; retryAfterMs?: number } = {}) {
    super(message);
    this.name = "PullProblem";
    this.code = code;
    this.passing = more.passing ?? false;
    this.retryAfterMs = more.retryAfterMs;
  }

  toFailure(details: Readonly<Record<string, unknown>> = {}): Failure<PullFailure> {
    return fail(this.code, this.message, details);
  }
}
