import type { Frame } from "../../domain/frame.js";
import type { Look } from "../../ports/perception.js";
import { createStreamPerception, type StreamPerceptionOptions } from "./stream-perception.js";

export interface PerceiveOptions extends StreamPerceptionOptions {
  readonly phrases: readonly string[];
  readonly signal: AbortSignal;
}

/** One picture read by itself: no tracks before it and none after. Depth is the picture's own where it has some. */
export const perceiveFrame = (frame: Frame, { phrases, signal, ...eyes }: PerceiveOptions): Promise<Look> =>
  createStreamPerception(eyes).look(frame, { phrases, signal });
