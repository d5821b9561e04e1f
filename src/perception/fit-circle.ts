import type { PlanarPoint } from "./footprint.js";
import { solveLinear } from "./solve-linear.js";

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radiusM: number;
}

export interface CircleFit extends Circle {
  /** Part of the points that lie on the circle. */
  readonly onCircle: number;
}

export interface Sphere extends Circle {
  readonly z: number;
}

/** Least squares |p|^2 = 2 p.c + d over rows of coordinates: circle in 2, sphere in 3 dimensions. */
function fitRound(rows: readonly (readonly number[])[]): { center: number[]; radius: number } | undefined {
  if (rows.length === 0) return undefined;
  const dimensions = rows[0].length;
  // Around the mean, or the squares of coordinates near 1 m would drown millimetres.
  const mean = rows[0].map((_, k) => {
    let sum = 0;
    for (const row of rows) sum += row[k];
    return sum / rows.length;
  });
  const size = dimensions + 1;
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  const right = Array.from({ length: size }, () => 0);
  // One array for all rows: it is filled some thousand times a thing.
  const a = Array.from({ length: size }, () => 1);
  for (const row of rows) {
    let b = 0;
    for (let k = 0; k < dimensions; k++) {
      const offset = row[k] - mean[k];
      a[k] = 2 * offset;
      b += offset * offset;
    }
    for (let i = 0; i < size; i++) {
      right[i] += a[i] * b;
      for (let k = 0; k < size; k++) matrix[i][k] += a[i] * a[k];
    }
  }
  const solution = solveLinear(matrix, right);
  if (!solution) return undefined;
  const offset = solution.slice(0, dimensions);
  const squared = solution[dimensions] + offset.reduce((sum, value) => sum + value * value, 0);
  if (!(squared > 0)) return undefined;
  return { center: offset.map((value, k) => value + mean[k]), radius: Math.sqrt(squared) };
}

/** The circle through three points; undefined when they lie on a line. */
function throughThree(p: PlanarPoint, q: PlanarPoint, r: PlanarPoint): Circle | undefined {
  const [qx, qy, rx, ry] = [q.x - p.x, q.y - p.y, r.x - p.x, r.y - p.y];
  const twice = 2 * (qx * ry - qy * rx);
  if (Math.abs(twice) < 1e-12) return undefined;
  const [qq, rr] = [qx * qx + qy * qy, rx * rx + ry * ry];
  const x = (ry * qq - qy * rr) / twice;
  const y = (qx * rr - rx * qq) / twice;
  return { x: p.x + x, y: p.y + y, radiusM: Math.sqrt(x * x + y * y) };
}

/** Depth noise of a good sensor at a metre. */
const ON_CIRCLE_M = 0.003;
const TRIALS = 80;
const REFINEMENTS = 5;
/** The outermost wall is wanted: bevelled rims and the inside of a mug's wall lie this far within it. */
const INSIDE_M = 0.0015;
const MIN_WALL_PART = 0.1;

/**
 * The circle that most points lie on, few outside it: a wall or rim seen from one side, whatever else the thing has (label,
 * handle, lid, neck). The trials are the same for the same points.
 */
export function fitCircle(
  points: readonly PlanarPoint[],
  bounds: { minRadiusM: number; maxRadiusM: number },
): CircleFit | undefined {
  const n = points.length;
  if (n < 8) return undefined;
  const xs = Float64Array.from(points, (p) => p.x);
  const ys = Float64Array.from(points, (p) => p.y);
  const score = (circle: Circle): number => {
    let on = 0;
    let outside = 0;
    for (let i = 0; i < n; i++) {
      const dx = xs[i] - circle.x;
      const dy = ys[i] - circle.y;
      // Not Math.hypot, which takes ten times as long.
      const beyond = Math.sqrt(dx * dx + dy * dy) - circle.radiusM;
      if (Math.abs(beyond) <= ON_CIRCLE_M) on++;
      else if (beyond > 0) outside++;
    }
    return on - 0.5 * outside;
  };
  const inBounds = (circle: Circle): boolean =>
    circle.radiusM >= bounds.minRadiusM && circle.radiusM <= bounds.maxRadiusM;

  let best: Circle | undefined;
  let bestScore = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    // Steps without a common factor spread the triples over the points without chance.
    const [p, q, r] = [trial * 7919, trial * 104729 + n / 3, trial * 1299709 + (2 * n) / 3].map(
      (i) => points[Math.floor(i) % n],
    );
    const circle = throughThree(p, q, r);
    if (!circle || !inBounds(circle)) continue;
    const value = score(circle);
    if (value > bestScore) [best, bestScore] = [circle, value];
  }
  if (!best) return undefined;

  let circle = best;
  for (let round = 0; round < REFINEMENTS; round++) {
    const current = circle;
    const wall = points.filter((p) => {
      const beyond = Math.hypot(p.x - current.x, p.y - current.y) - current.radiusM;
      return beyond > -INSIDE_M && beyond < ON_CIRCLE_M;
    });
    const refined = toCircle(fitRound(wall.map((p) => [p.x, p.y])));
    if (!refined || !inBounds(refined) || wall.length < points.length * MIN_WALL_PART) break;
    circle = refined;
  }
  const { x, y, radiusM } = circle;
  const on = points.filter((p) => Math.abs(Math.hypot(p.x - x, p.y - y) - radiusM) <= ON_CIRCLE_M);
  return { ...circle, onCircle: on.length / n };
}

const toCircle = (fit: { center: number[]; radius: number } | undefined): Circle | undefined =>
  fit && { x: fit.center[0], y: fit.center[1], radiusM: fit.radius };

/** Sphere through the visible cap, without the worst fifth of the points (stalk, leaf, mask's edge). */
export function fitSphere(
  points: readonly (PlanarPoint & { readonly z: number })[],
  bounds: { minRadiusM: number; maxRadiusM: number },
): Sphere | undefined {
  let kept = points;
  for (let round = 0; round < 3; round++) {
    const fit = fitRound(kept.map((p) => [p.x, p.y, p.z]));
    if (!fit || fit.radius < bounds.minRadiusM || fit.radius > bounds.maxRadiusM) return undefined;
    const [x, y, z] = fit.center;
    if (round === 2) return { x, y, z, radiusM: fit.radius };
    const error = (p: { x: number; y: number; z: number }): number =>
      Math.abs(Math.hypot(p.x - x, p.y - y, p.z - z) - fit.radius);
    kept = [...points].sort((a, b) => error(a) - error(b)).slice(0, Math.max(8, Math.ceil(points.length * 0.8)));
  }
  return undefined;
}
