import type { Box, Mask } from "../../src/domain/detection.js";
import type { FrameTruth } from "../physics/truth.js";

export interface InstanceMask {
  /** Index into the frame truth's `names`. */
  readonly instance: number;
  readonly pixels: number;
  readonly box: Box;
  readonly mask: Mask;
}

/** Exact box and mask of every instance that has a pixel in the picture, background apart. */
export function instanceMasks(truth: Pick<FrameTruth, "width" | "height" | "instanceIds">): readonly InstanceMask[] {
  const { width, height, instanceIds } = truth;
  const bounds = new Map<number, { x0: number; y0: number; x1: number; y1: number; pixels: number }>();
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const id = instanceIds[i];
      if (id === 0) continue;
      const b = bounds.get(id);
      if (!b) {
        bounds.set(id, { x0: x, y0: y, x1: x + 1, y1: y + 1, pixels: 1 });
        continue;
      }
      b.pixels++;
      if (x < b.x0) b.x0 = x;
      if (x >= b.x1) b.x1 = x + 1;
      b.y1 = y + 1;
    }
  }
  return [...bounds].map(([instance, { x0, y0, x1, y1, pixels }]) => {
    const mask = { width: x1 - x0, height: y1 - y0, data: new Uint8Array((x1 - x0) * (y1 - y0)) };
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        if (instanceIds[y * width + x] === instance) mask.data[(y - y0) * mask.width + x - x0] = 1;
      }
    }
    return { instance, pixels, mask, box: { x0: x0 / width, y0: y0 / height, x1: x1 / width, y1: y1 / height } };
  });
}
