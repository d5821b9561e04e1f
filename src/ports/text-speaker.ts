import type { Result } from "../domain/result.js";
import type { Sound } from "../domain/speech/sound.js";
import type { BackendFailure, RequestFailure } from "./skill-backends.js";

/** Back end of `speak`. */
export interface TextSpeaker {
  /** What made the sound, for its recipe: `flite`, `kokoro` ... */
  readonly model: string;
  /** `synthetic` by rules and joined recordings; `generated` by a neural network; `cloned` from one person's recording. */
  readonly kind: "synthetic" | "generated" | "cloned";
  /** Whose voice is cloned, and what allows it, for people. */
  readonly consent?: string;
  /** One piece of text, some sentences long. `language` is BCP 47, `voice` the back end's own name, `speed` times its usual tempo. */
  speak(
    text: string,
    options: {
      readonly signal: AbortSignal;
      readonly language: string;
      readonly voice?: string;
      readonly speed: number;
    },
  ): Promise<Result<{ readonly sound: Sound; readonly voice: string }, BackendFailure | RequestFailure>>;
}
