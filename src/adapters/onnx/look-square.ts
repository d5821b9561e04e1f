import type { Candidate } from "./decode-centers.js";

/** Part of the weights' contract: cells of the mask along a side, and how much around a box is looked at with it. */
export const MASK_PX = 32;
const CONTEXT = 1.4;
const MIN_SIDE_PX = 24;

/** Box in frame pixels. */
export type PixelBox = Omit<Candidate, "group" | "score">;

/** Square of the picture that is looked at again, frame pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export function squareAround(box: PixelBox): Square {
  const side = Math.max(MIN_SIDE_PX, CONTEXT * Math.max(box.x1 - box.x0, box.y1 - box.y0));
  return { x: (box.x0 + box.x1 - side) / 2, y: (box.y0 + box.y1 - side) / 2, side };
}
