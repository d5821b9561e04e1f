import type { Grounding } from "../domain/detection.js";
import type { CameraView } from "./surface-points.js";

/** Directions in which an outline is measured, evenly around the circle. */
const DIRECTIONS = 32;
export const OUTLINE_DIRECTIONS: readonly (readonly [right: number, down: number])[] = Array.from(
  { length: DIRECTIONS },
  (_, i) => [Math.cos((2 * Math.PI * i) / DIRECTIONS), Math.sin((2 * Math.PI * i) / DIRECTIONS)],
);

export interface Outline {
  /** How far the thing reaches in each of `OUTLINE_DIRECTIONS`, frame pixels from the frame's corner. */
  readonly reachPx: readonly number[];
  /** Frame pixels on the thing that lie highest and lowest in each column of the mask. */
  readonly columns: readonly { readonly u: number; readonly top: number; readonly bottom: number }[];
  /** A pixel in the middle of the mask, on the thing. */
  readonly middle: { readonly u: number; readonly v: number };
}

/** The convex outline of what a mask shows; of its box where there is no mask. */
export function outlineOf(view: CameraView, { box, mask }: Grounding): Outline | undefined {
  const [x0, y0] = [box.x0 * view.width, box.y0 * view.height];
  const [width, height] = [(box.x1 - box.x0) * view.width, (box.y1 - box.y0) * view.height];
  const rows = mask?.height ?? 24;
  const columnCount = mask?.width ?? 24;
  const [stepU, stepV] = [width / columnCount, height / rows];
  const columns: Outline["columns"][number][] = [];
  const inside: { u: number; v: number }[] = [];
  for (let column = 0; column < columnCount; column++) {
    let [first, last] = [-1, -1];
    for (let row = 0; row < rows; row++) {
      if (mask && mask.data[row * columnCount + column] !== 1) continue;
      if (first < 0) first = row;
      last = row;
      inside.push({ u: x0 + (column + 0.5) * stepU, v: y0 + (row + 0.5) * stepV });
    }
    if (first < 0) continue;
    columns.push({ u: x0 + (column + 0.5) * stepU, top: y0 + first * stepV, bottom: y0 + (last + 1) * stepV });
  }
  if (columns.length < 2 || inside.length < 6) return undefined;
  const reachPx = OUTLINE_DIRECTIONS.map(([right, down]) =>
    columns.reduce((most, { u, top, bottom }) => {
      const v = down > 0 ? bottom : top;
      return Math.max(most, u * right + v * down + (Math.abs(right) * stepU) / 2);
    }, -Infinity),
  );
  const [mu, mv] = [mean(inside.map((p) => p.u)), mean(inside.map((p) => p.v))];
  const off = (p: { u: number; v: number }): number => (p.u - mu) ** 2 + (p.v - mv) ** 2;
  return { reachPx, columns, middle: inside.reduce((best, p) => (off(p) < off(best) ? p : best)) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
