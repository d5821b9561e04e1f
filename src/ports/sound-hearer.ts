import type { Result } from "../domain/result.js";
import type { Sound } from "../domain/speech/sound.js";
import type { BackendFailure, RequestFailure } from "./skill-backends.js";
import type { Transcript, TranscriptionFailure } from "./transcriber.js";

/** Back end of `hear`. */
export interface SoundHearer {
  /** What people must know about what it writes down. */
  readonly note?: string;
  /** Up to a minute of sound, any rate. `language` is BCP 47; absent where the back end shall find it out. */
  transcribe(
    sound: Sound,
    options: { readonly signal: AbortSignal; readonly language?: string },
  ): Promise<Result<Transcript, TranscriptionFailure | BackendFailure | RequestFailure>>;
}
