import type { Result } from "../domain/result.js";
import type { Sound } from "./transcriber.js";

export type SpeechFailure =
  "unknown-voice" | "unsupported-language" | "timeout" | "link-lost" | "unauthorized" | "model-failed" | "unsupported";

/** What a speaker said. */
export interface Spoken extends Sound {
  /** Which speaker it was, where there were several to choose from. */
  readonly servedBy?: string;
}

/** Text to speech. */
export interface Speaker {
  /** `flite`, `espeak-ng`, `openai-compatible` ... */
  readonly name: string;
  /** False only where the text stays on this machine. */
  readonly leavesMachine: boolean;
  /** The spoken text. `language` is BCP 47 (`en`, `zh`), `voice` is the back end's own name. */
  speak(
    text: string,
    options: { signal: AbortSignal; language?: string; voice?: string },
  ): Promise<Result<Spoken, SpeechFailure>>;
  close(): Promise<void>;
}
