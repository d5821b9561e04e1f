import type { Box } from "../domain/detection.js";
import type { RgbPicture } from "../ports/model-client.js";

export interface Crop {
  readonly picture: RgbPicture;
  /** What was cut out, 0 to 1 over the whole. */
  readonly box: Box;
}

/** Cuts a box out of a picture, with `padPixels` around it where there is room. */
export function cropPicture({ width, height, rgb }: RgbPicture, box: Box, padPixels = 0): Crop {
  const left = Math.max(0, Math.floor(box.x0 * width) - padPixels);
  const top = Math.max(0, Math.floor(box.y0 * height) - padPixels);
  const right = Math.min(width, Math.max(left + 1, Math.ceil(box.x1 * width) + padPixels));
  const bottom = Math.min(height, Math.max(top + 1, Math.ceil(box.y1 * height) + padPixels));
  const cut = new Uint8Array((right - left) * (bottom - top) * 3);
  for (let y = top; y < bottom; y++) {
    cut.set(rgb.subarray((y * width + left) * 3, (y * width + right) * 3), (y - top) * (right - left) * 3);
  }
  return {
    picture: { width: right - left, height: bottom - top, rgb: cut },
    box: { x0: left / width, y0: top / height, x1: right / width, y1: bottom / height },
  };
}

/** A box of the cut-out as one of the whole. */
export const inWhole = (box: Box, outer: Box): Box => ({
  x0: outer.x0 + box.x0 * (outer.x1 - outer.x0),
  y0: outer.y0 + box.y0 * (outer.y1 - outer.y0),
  x1: outer.x0 + box.x1 * (outer.x1 - outer.x0),
  y1: outer.y0 + box.y1 * (outer.y1 - outer.y0),
});

/** A box of the whole as one of the cut-out. */
export const inCrop = (box: Box, outer: Box): Box => ({
  x0: (box.x0 - outer.x0) / (outer.x1 - outer.x0),
  y0: (box.y0 - outer.y0) / (outer.y1 - outer.y0),
  x1: (box.x1 - outer.x0) / (outer.x1 - outer.x0),
  y1: (box.y1 - outer.y0) / (outer.y1 - outer.y0),
});
