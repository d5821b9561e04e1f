import type { Box } from "../../domain/detection.js";

/** Centre and size, in parts of the picture, to corners inside the picture. Undefined where nothing of it is inside. */
export function boxFromCenter(
  cx: number,
  cy: number,
  width: number,
  height: number,
  /** How far the picture reaches on a padded canvas, parts of its side. */
  { x: reachX, y: reachY } = { x: 1, y: 1 },
): Box | undefined {
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  const box = {
    x0: clamp((cx - width / 2) / reachX),
    y0: clamp((cy - height / 2) / reachY),
    x1: clamp((cx + width / 2) / reachX),
    y1: clamp((cy + height / 2) / reachY),
  };
  // Also false for NaN, which half-precision graphs are known to give.
  return box.x1 - box.x0 > 1e-4 && box.y1 - box.y0 > 1e-4 ? box : undefined;
}

/** Intersection over union, 0 to 1. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: Box): number => (box.x1 - box.x0) * (box.y1 - box.y0);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** Two readings of one box are one thing, whatever it was called. */
const SAME_THING_IOU = 0.85;

/** Best first, without doubles: of one phrase above `nmsIou`, of different phrases where the boxes are next to the same. */
export function withoutDoubles<T extends { readonly box: Box; readonly score: number; readonly phrase: string }>(
  found: readonly T[],
  nmsIou: number,
): readonly T[] {
  const kept: T[] = [];
  for (const thing of [...found].sort((a, b) => b.score - a.score)) {
    const isDouble = kept.some(
      (other) => overlapOf(other.box, thing.box) > (other.phrase === thing.phrase ? nmsIou : SAME_THING_IOU),
    );
    if (!isDouble) kept.push(thing);
  }
  return kept;
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
