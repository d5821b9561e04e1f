import type { Result } from "../domain/result.js";
import type { BackendFailure, PictureToTell } from "./skill-backends.js";

/** What is written down of one question, one line each. */
export interface JournalEntry {
  readonly key: string;
  /** Absent where no answer came. */
  readonly answer?: string;
  readonly code?: string;
  readonly latencyMs: number;
}

/** Answers that are kept from one run to the next. */
export interface Journal {
  /** Of several entries with a key the last counts. */
  readonly entries: readonly JournalEntry[];
  append(entry: JournalEntry): Promise<void>;
}

export interface PointedRow {
  readonly group: string;
  readonly phrase: string;
  readonly success: boolean;
  /** Pointed at something else without a doubt. */
  readonly falseClaim: boolean;
  readonly cause: string;
}

/** Back end of `evaluate`: who is examined, and where questions and answers lie. */
export interface Evaluator {
  /** For people, and part of the journal's key: `onboard`, a model's name ... */
  readonly examinee: string;
  answer(
    picture: PictureToTell,
    question: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<string, BackendFailure>>;
  /** Files under a folder as paths relative to it, in order; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** The sample that ships, as files by their paths. */
  sample(): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Answers given before under this key; `fresh` forgets them. */
  openJournal(key: string, options: { readonly fresh: boolean }): Promise<Journal>;
  /** One episode of the built-in pointing suite, judged by the simulator's truth. Absent: it cannot point. */
  point?(
    order: { readonly index: number; readonly seed: number },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<PointedRow, BackendFailure>>;
}
