import type { Sound } from "../../domain/speech/sound.js";

export interface EarsWorkerData {
  readonly modelDir: string;
  readonly threads: number;
}

export interface EarsReady {
  /** Below this, an utterance was not understood. */
  readonly confidenceThreshold: number;
  readonly languages: readonly string[];
}

export interface EarsRequest {
  readonly sound: Sound;
  /** `en` or `zh`: words of the other are not considered. */
  readonly language?: string;
}

/** What was heard between two pauses. */
export interface Utterance {
  readonly text: string;
  readonly language: "en" | "zh";
  /** 0 to 1: how likely the whole text is right, as measured on held-out synthetic speech. */
  readonly confidence: number;
  /** Seconds from the beginning of the sound. */
  readonly startS: number;
  readonly endS: number;
}

export interface EarsAnswer {
  readonly utterances: readonly Utterance[];
}
