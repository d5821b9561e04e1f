import type { Grounding } from "../domain/detection.js";
import type { Frame } from "../domain/frame.js";

/** Finds things in a picture. */
export interface Grounder {
  /** `onboard`, `oracle`, `grounding-dino` ... shown to people beside every result. */
  readonly name: string;
  /**
   * Everything it can find, best score first. Grounders that need words get them in `phrases`; grounders that see everything
   * ignore them. Rejects with `model-failed` when inference breaks; an empty picture is an empty list.
   */
  ground(frame: Frame, options: { phrases: readonly string[]; signal?: AbortSignal }): Promise<readonly Grounding[]>;
  close(): Promise<void>;
}
