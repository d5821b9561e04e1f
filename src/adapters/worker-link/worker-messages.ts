import type { ErrorCode } from "../../domain/errors.js";

/** Errors lose their class on the way between threads; code, words and details go as data. */
export interface WorkerFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type WorkerRequest<Request> =
  | { readonly type: "run"; readonly id: number; readonly request: Request }
  /** The thread is to end at its next turn. */
  | { readonly type: "end" };

export type WorkerAnswer<Answer, Ready> =
  | { readonly type: "ready"; readonly ready: Ready }
  | { readonly type: "not-ready"; readonly failure: WorkerFailure }
  | { readonly type: "answer"; readonly id: number; readonly answer: Answer }
  | { readonly type: "failed"; readonly id: number; readonly failure: WorkerFailure };
