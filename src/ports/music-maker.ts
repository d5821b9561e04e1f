import type { Result } from "../domain/result.js";
import type { AudioFormat } from "../domain/speech/check-audio.js";
import type { SkillProgress } from "../domain/skill/skill-messages.js";
import type { BackendFailure } from "./skill-backends.js";

/** What is to be made. */
export interface MusicRequest {
  readonly prompt: string;
  readonly durationS: number;
  readonly seed?: number;
  readonly format: AudioFormat;
}

export interface MadeMusic {
  /** The file as it came; whoever takes it checks it. */
  readonly bytes: Uint8Array;
  /** What the back end says that it is. */
  readonly format: AudioFormat;
  /** Absent where the back end cannot be held to one. */
  readonly seed?: number;
}

/** Back end of `music`. */
export interface MusicMaker {
  /** For the recipe. */
  readonly model: string;
  /** `rules` where no model makes it up. Default: a model. */
  readonly kind?: "model" | "rules";
  /** False where the back end chooses the length itself. */
  readonly keepsDuration: boolean;
  /** A format, length or wish that it cannot serve is `unsupported`. */
  make(
    request: MusicRequest,
    options: { readonly signal: AbortSignal; readonly onProgress: (progress: SkillProgress) => void },
  ): Promise<Result<MadeMusic, BackendFailure>>;
}
