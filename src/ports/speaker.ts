import type { Result } from "../domain/result.js";
import type { Sound } from "./transcriber.js";

export type SpeechFailure =
  "unknown-voice" | "unsupported-language" | "timeout" | "link-lost" | "unauthorized" | "model-failed" | "unsupported";

/** What a speaker said. */
export interface Spoken extends Sound {
  /** Which speaker it was, where there were several to choose from. */
  readonly servedBy?: string;
  /** The voice by its back end's name. */
  readonly voice?: string;
}

/** Text to speech. */
export interface Speaker {
  /** `flite`, `espeak-ng`, `openai-compatible` ... */
  readonly name: string;
  /** False only where the text stays on this machine. */
  readonly leavesMachine: boolean;
  /**
   * The spoken text. `language` is BCP 47 (`en`, `zh`), `voice` is the back end's own name, `speed` is times the tempo that it is
   * set up with, 0.5 to 2.
   */
  speak(
    text: string,
    options: { signal: AbortSignal; language?: string; voice?: string; speed?: number },
  ): Promise<Result<Spoken, SpeechFailure>>;
  close(): Promise<void>;
}
