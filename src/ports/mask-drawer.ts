import type { Box, Mask } from "../domain/detection.js";
import type { RgbPicture } from "./model-client.js";

/** Outlines things whose boxes are known. */
export interface MaskDrawer {
  readonly name: string;
  /** One mask for each box, over that box, in their order. Rejects with `model-failed` when inference breaks. */
  draw(picture: RgbPicture, boxes: readonly Box[], options?: { signal?: AbortSignal }): Promise<readonly Mask[]>;
  close(): Promise<void>;
}
