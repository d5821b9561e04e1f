import { CANVAS_HEIGHT, CANVAS_WIDTH, type Fit } from "./canvas.js";

/** Part of the weights' contract, as `light_of` in models/train/eyes/data.py has it. */
const QUANTILES = [0.5, 0.95] as const;
const STEP = 2;
export const LIGHT_VALUES = 3 * QUANTILES.length;
/** What the second look is told of a thing beside its crop: three numbers of geometry, then the light. */
export const INFO_VALUES = 3 + LIGHT_VALUES;

/**
 * How light and how tinted the picture is as a whole: the middle of its red, its green and its blue, and then near their upper
 * ends, 0..1. Under this lamp, is that gray or white? `canvas`: the detector's picture, in steps of 1/255.
 */
export function pictureLight(canvas: Float32Array, { offsetX, offsetY }: Fit): readonly number[] {
  const counts = new Uint32Array(3 * 256);
  let pixels = 0;
  // Bars around pictures of other proportions are no part of them.
  for (let y = Math.ceil(offsetY); y < CANVAS_HEIGHT - offsetY; y += STEP) {
    for (let x = Math.ceil(offsetX); x < CANVAS_WIDTH - offsetX; x += STEP, pixels++) {
      for (let c = 0; c < 3; c++) {
        const value = canvas[(c * CANVAS_HEIGHT + y) * CANVAS_WIDTH + x];
        counts[c * 256 + Math.round(value * 255)]++;
      }
    }
  }
  return QUANTILES.flatMap((quantile) => {
    const rank = Math.floor(quantile * (pixels - 1));
    return [0, 1, 2].map((c) => valueAt(counts.subarray(c * 256, (c + 1) * 256), rank) / 255);
  });
}

/** The value that stands at this place, from 0, when all are sorted. */
function valueAt(counts: Uint32Array, rank: number): number {
  let below = 0;
  for (let value = 0; value < counts.length; value++) {
    below += counts[value];
    if (below > rank) return value;
  }
  return counts.length - 1;
}
