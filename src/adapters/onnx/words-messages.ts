import type { ErrorCode } from "../../domain/errors.js";
import type { WordsReading } from "../../ports/words-reader.js";

export interface WordsRequest {
  readonly id: number;
  readonly text: string;
}

export interface WordsFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface WordsWorkerData {
  readonly modelDir: string;
  readonly threads: number;
}

export interface WordsThresholds {
  readonly confidence: number;
  readonly readable: number;
}

export type WordsAnswer =
  | { readonly type: "ready"; readonly thresholds: WordsThresholds }
  | { readonly type: "not-ready"; readonly failure: WordsFailure }
  | { readonly type: "reading"; readonly id: number; readonly reading: WordsReading }
  | { readonly type: "failed"; readonly id: number; readonly failure: WordsFailure };
