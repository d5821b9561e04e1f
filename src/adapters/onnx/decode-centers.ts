import { GRID_HEIGHT, GRID_WIDTH, STRIDE, type Fit } from "./canvas.js";

/** 0: things to pick up; 1: containers and places; 2: drawer handles. */
export const GROUPS = 3;
const CELLS = GRID_WIDTH * GRID_HEIGHT;

/** A box in the pixels of the frame, before it has been looked at a second time. */
export interface Candidate {
  readonly group: number;
  /** Probability that a thing's centre is here. */
  readonly score: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface DecodeOptions {
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  readonly threshold: number;
  readonly nmsIou: number;
  readonly most: number;
  readonly temperature: number;
}

type Rectangle = Pick<Candidate, "x0" | "y0" | "x1" | "y1">;

export function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const area = (r: Rectangle): number => (r.x1 - r.x0) * (r.y1 - r.y0);
  return (width * height) / (area(a) + area(b) - width * height);
}

/**
 * Peaks of the centre maps (logits, [3, 60, 80]) and the boxes that the distances (left, top, right, bottom, [12, 60, 80]) give
 * there: best first, doubles of one group removed, clipped to the frame.
 */
export function decodeCenters(center: Float32Array, box: Float32Array, options: DecodeOptions): readonly Candidate[] {
  const { fit, width, height, threshold, temperature } = options;
  const peaks: { group: number; cell: number; score: number }[] = [];
  for (let group = 0; group < GROUPS; group++) {
    for (let cell = 0; cell < CELLS; cell++) {
      const score = 1 / (1 + Math.exp(-center[group * CELLS + cell] / temperature));
      if (score >= threshold && isPeak(center, group, cell)) peaks.push({ group, cell, score });
    }
  }
  peaks.sort((a, b) => b.score - a.score || a.group - b.group || a.cell - b.cell);

  const kept: Candidate[] = [];
  for (const { group, cell, score } of peaks) {
    if (kept.length === options.most) break;
    const u = ((cell % GRID_WIDTH) + 0.5) * STRIDE;
    const v = (Math.floor(cell / GRID_WIDTH) + 0.5) * STRIDE;
    const side = (k: number): number => box[(group * 4 + k) * CELLS + cell];
    const x = (onCanvas: number): number => Math.min(width, Math.max(0, (onCanvas - fit.offsetX) / fit.scale));
    const y = (onCanvas: number): number => Math.min(height, Math.max(0, (onCanvas - fit.offsetY) / fit.scale));
    const candidate = {
      group,
      score,
      x0: x(u - side(0)),
      y0: y(v - side(1)),
      x1: x(u + side(2)),
      y1: y(v + side(3)),
    };
    // Also drops boxes with a side that is not a number.
    const isThere = candidate.x1 - candidate.x0 >= 1 && candidate.y1 - candidate.y0 >= 1;
    const isDouble = kept.some((other) => other.group === group && overlap(other, candidate) > options.nmsIou);
    if (isThere && !isDouble) kept.push(candidate);
  }
  return kept;
}

/** Highest of its 3 x 3 cells; of equals the first. */
function isPeak(center: Float32Array, group: number, cell: number): boolean {
  const column = cell % GRID_WIDTH;
  const row = Math.floor(cell / GRID_WIDTH);
  const value = center[group * CELLS + cell];
  for (let y = Math.max(0, row - 1); y <= Math.min(GRID_HEIGHT - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(GRID_WIDTH - 1, column + 1); x++) {
      const other = y * GRID_WIDTH + x;
      const rival = center[group * CELLS + other];
      if (rival > value || (rival === value && other < cell)) return false;
    }
  }
  return true;
}
