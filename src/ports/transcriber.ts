import type { Result } from "../domain/result.js";
import type { Sound } from "../domain/speech/sound.js";

export type { Sound } from "../domain/speech/sound.js";

export interface Transcript {
  /** As written for people; empty where nothing was said. */
  readonly text: string;
  /** BCP 47, where the back end knows it. */
  readonly language?: string;
  /** 0 to 1, calibrated where the back end says so; absent where it gives none. */
  readonly confidence?: number;
}

export type TranscriptionFailure =
  | "bad-sound"
  | "nothing-said"
  | "not-understood"
  | "timeout"
  | "link-lost"
  | "unauthorized"
  | "model-failed"
  | "unsupported";

/** Speech to text. */
export interface Transcriber {
  /** `onboard`, `whisper`, `openai-compatible` ... shown to people beside the transcript. */
  readonly name: string;
  /** False only where the sound stays on this machine. */
  readonly leavesMachine: boolean;
  /** Takes any rate, resamples inside. Silence and noise are `nothing-said`, never an invented sentence. */
  transcribe(
    sound: Sound,
    options: { signal: AbortSignal; language?: string },
  ): Promise<Result<Transcript, TranscriptionFailure>>;
  close(): Promise<void>;
}
