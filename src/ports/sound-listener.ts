import type { Result } from "../domain/result.js";
import type { Sound } from "../domain/speech/sound.js";
import type { BackendFailure } from "./skill-backends.js";

/** Something that is heard in a sound. */
export interface SoundEvent {
  /** `speech`, `dog barking` ... */
  readonly label: string;
  /** 0 to 1, as the back end gives it; absent where it gives none. */
  readonly score?: number;
  /** Seconds from the sound's start; absent where it is somewhere in it. */
  readonly startS?: number;
  readonly endS?: number;
}

export interface ListenOptions {
  /** Of the answer. */
  readonly language: "en" | "zh";
  readonly signal: AbortSignal;
}

/** Back end of `listen`. Any rate; `unsupported` for what it cannot do at all. */
export interface SoundListener {
  caption(sound: Sound, options: ListenOptions): Promise<Result<string, BackendFailure>>;
  ask(sound: Sound, question: string, options: ListenOptions): Promise<Result<string, BackendFailure>>;
  /** In order of time. `labels` are the things to listen for; without them the back end chooses. None is a fine answer. */
  events(
    sound: Sound,
    options: ListenOptions & { readonly labels?: readonly string[] },
  ): Promise<Result<readonly SoundEvent[], BackendFailure>>;
}
