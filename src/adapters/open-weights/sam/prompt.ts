import type { Box } from "../../../domain/detection.js";
import type { Size } from "../picture-size.js";

export interface SamPrompt {
  /** x, y pairs in pixels of the resized picture. */
  readonly points: readonly number[];
  /** 1 = of the thing, 0 = not of it. */
  readonly labels: readonly number[];
}

/** Beside the box by this share of its side. */
const BESIDE = 0.06;

/**
 * A box as points: these weights take points only. The middle is of the thing; what lies just outside of the box's four sides, within
 * the picture, is not.
 */
export function promptFor({ x0, y0, x1, y1 }: Box, { width, height }: Size): SamPrompt {
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const [dx, dy] = [(x1 - x0) * BESIDE, (y1 - y0) * BESIDE];
  const around = [
    [x0 - dx, cy],
    [x1 + dx, cy],
    [cx, y0 - dy],
    [cx, y1 + dy],
  ].filter(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1);
  const points = [[cx, cy], ...around].flatMap(([x, y]) => [x * width, y * height]);
  return { points, labels: [1, ...around.map(() => 0)] };
}
