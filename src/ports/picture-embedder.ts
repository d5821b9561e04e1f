import type { RgbPicture } from "./model-client.js";

/**
 * Pictures and texts as unit vectors in one space: their dot product says how well they fit. For skills that compare things,
 * and for weighing what a grounder without scores claims.
 */
export interface PictureEmbedder {
  readonly name: string;
  /** Rejects with `model-failed` when inference breaks, `aborted` when it is called off. */
  embedPicture(picture: RgbPicture, options?: { signal?: AbortSignal }): Promise<Float32Array>;
  embedText(text: string, options?: { signal?: AbortSignal }): Promise<Float32Array>;
  close(): Promise<void>;
}
