/** What a scene says to a question. */
export interface SceneAnswer {
  readonly text: string;
  /** Probability, 0 to 1, that it is right. */
  readonly confidence: number;
  /** For programs: yes or no, a count, metres, a word; absent where only a sentence says it. */
  readonly value?: string | number | boolean;
  /** Detections that it speaks of: what "it" means in the next question. */
  readonly about: readonly string[];
}

/** How sure "there is none" is: things are overlooked now and then, and more often where something like it was half seen. */
export const NOT_SEEN_CONFIDENCE = 0.9;
