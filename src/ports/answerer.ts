import type { Result } from "../domain/result.js";
import type { BackendFailure, PictureToTell } from "./skill-backends.js";

/** What kind of answer is wanted. */
export type AskTask = "question" | "verify" | "document" | "receipt" | "chart-table" | "diagram-code" | "translate";

/** A picture that is asked about. */
export interface AskedPicture extends PictureToTell {
  /** For people: a file's name, `head camera` ... */
  readonly origin: string;
  /** Seconds from the start, for pictures of a clip. */
  readonly atS?: number;
}

export interface AskTurn {
  readonly question: string;
  readonly answer: string;
}

export interface AskRequest {
  /** What is asked; the statement for `verify`, the text for `translate`. Empty where the task says it all. */
  readonly question: string;
  readonly task: AskTask;
  /** At least one. */
  readonly pictures: readonly AskedPicture[];
  /** Whether the pictures are moments of one clip, in order of time. */
  readonly isClip: boolean;
  /** Earlier turns, oldest first. */
  readonly history: readonly AskTurn[];
  /** JSON schema that `json` must be valid against. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly language: "en" | "zh";
  /** Language to translate to, in words. */
  readonly to?: string;
}

export interface Answered {
  readonly text: string;
  /** Probability, 0 to 1, that it is right; absent where the back end has no idea. */
  readonly confidence?: number;
  /** For programs: yes or no, a count, metres, a word. */
  readonly value?: string | number | boolean;
  /** Valid against the schema. */
  readonly json?: unknown;
  /** One table, without scripts, styles or attributes other than spans. */
  readonly html?: string;
  readonly code?: { readonly language: string; readonly text: string };
  /** Of `verify`. */
  readonly supported?: boolean;
  /** First moment of the clip that shows it, seconds; absent for single pictures and where nothing shows it. */
  readonly atS?: number;
}

/** Back end of `ask`. */
export interface Answerer {
  /** `bad-schema`: the request's schema is none; nobody else could use it either. */
  answer(
    request: AskRequest,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<Answered, BackendFailure | "bad-schema">>;
}
