import type { Grounding } from "../domain/detection.js";
import type { DepthMap } from "../domain/frame.js";
import {
  createDeprojector,
  createMaskTest,
  depthAt,
  quantile,
  type CameraView,
  type SurfacePoint,
} from "./surface-points.js";

/** Ring around the thing's box that is searched for the surface it stands on, as a part of the box's longer side. */
const RING_PART = 0.4;
const RING_MIN_PX = 10;
const RING_SAMPLES = 700;
/** Horizontal distance from the thing within which a surface can be its support. */
const NEAR_M = 0.06;
const BIN_M = 0.005;
/** Undercut of round things: their visible lower edge lies this far above what they stand on. */
const UNDERCUT_M = 0.03;
const SAME_LEVEL_M = 0.012;
/** A drop in depth below the thing that means that something nearer hides its lower part. */
const HIDING_M = 0.015;
/** Most of a thing's height that something nearer can hide. */
const DEEPEST_M = 0.25;
/** Levels with less of the points than this part of the largest level are tops of other things. */
const WIDE_PART = 0.35;
/** A level counts when this part of the ring's points lies on it. */
const LEVEL_PART = 0.06;

/**
 * Height of the surface that the thing stands on, base frame, metres: a horizontal level found in the depth around it, in a
 * drawer too. Where the lower edge is in plain view and no level is near it (the thing hangs in the air), the edge itself.
 */
export function supportHeight(
  view: CameraView,
  depth: DepthMap,
  grounding: Grounding,
  options: { points: readonly SurfacePoint[]; lowerEdgeHidden: boolean },
): number {
  const { points, lowerEdgeHidden } = options;
  const lowest = quantile(
    points.map((p) => p.z),
    0.01,
  );
  const levels = horizontalLevels(ringPoints(view, depth, grounding, points));
  if (lowerEdgeHidden) {
    // What hides it is higher than what shows of it, and tops of small things nearby show less than the support does.
    const below = levels.filter(({ z }) => z < lowest + 0.003 && z > lowest - DEEPEST_M);
    const largest = Math.max(...below.map(({ part }) => part));
    const wide = below.filter(({ part }) => part >= WIDE_PART * largest).map(({ z }) => z);
    if (wide.length > 0) return Math.max(...wide);
  }
  const near = levels.map(({ z }) => z).filter((z) => z > lowest - UNDERCUT_M && z < lowest + SAME_LEVEL_M);
  if (near.length === 0) return lowest;
  return near.reduce((best, z) => (Math.abs(z - lowest) < Math.abs(best - lowest) ? z : best));
}

function ringPoints(
  view: CameraView,
  depth: DepthMap,
  grounding: Grounding,
  points: readonly SurfacePoint[],
): readonly SurfacePoint[] {
  const { box } = grounding;
  const belongs = createMaskTest(view, grounding);
  const toBase = createDeprojector(view);
  const side = Math.max((box.x1 - box.x0) * view.width, (box.y1 - box.y0) * view.height);
  const margin = Math.max(RING_MIN_PX, side * RING_PART);
  const u0 = Math.max(0, Math.floor(box.x0 * view.width - margin));
  const u1 = Math.min(view.width, Math.ceil(box.x1 * view.width + margin));
  const v0 = Math.max(0, Math.floor(box.y0 * view.height - margin));
  const v1 = Math.min(view.height, Math.ceil(box.y1 * view.height + margin));
  const stride = Math.max(1, Math.round(Math.sqrt(((u1 - u0) * (v1 - v0)) / RING_SAMPLES)));

  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const p of points) {
    minX = Math.min(minX, p.x);
    maxX = Math.max(maxX, p.x);
    minY = Math.min(minY, p.y);
    maxY = Math.max(maxY, p.y);
  }
  const ring: SurfacePoint[] = [];
  for (let v = v0; v < v1; v += stride) {
    for (let u = u0; u < u1; u += stride) {
      if (belongs(u + 0.5, v + 0.5)) continue;
      const metres = depthAt(view, depth, u + 0.5, v + 0.5);
      if (metres <= 0) continue;
      const p = toBase(u + 0.5, v + 0.5, metres);
      const near = p.x > minX - NEAR_M && p.x < maxX + NEAR_M && p.y > minY - NEAR_M && p.y < maxY + NEAR_M;
      if (near) ring.push(p);
    }
  }
  return ring;
}

export interface Level {
  readonly z: number;
  /** Part of the points that lie on it. */
  readonly part: number;
}

/** Heights at which many points lie: floors and boards, as against walls, whose points spread over all heights. */
export function horizontalLevels(points: readonly { readonly z: number }[]): readonly Level[] {
  const counts = new Map<number, number>();
  for (const { z } of points) {
    const bin = Math.round(z / BIN_M);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const at = (bin: number): number => counts.get(bin) ?? 0;
  const needed = Math.max(6, points.length * LEVEL_PART);
  const levels: Level[] = [];
  for (const bin of counts.keys()) {
    const mass = at(bin - 1) + at(bin) + at(bin + 1);
    // Walls fill their neighbours two bins away as much as the bin itself; a floor does not.
    const isPeak = at(bin) > at(bin - 1) && at(bin) >= at(bin + 1) && at(bin) > 2 * Math.max(at(bin - 2), at(bin + 2));
    if (mass < needed || !isPeak) continue;
    const heights = points.filter((p) => Math.abs(p.z - bin * BIN_M) <= 1.5 * BIN_M).map((p) => p.z);
    levels.push({ z: quantile(heights, 0.5), part: mass / points.length });
  }
  return levels;
}

/** Whether, under the thing's lowest visible pixels, something nearer to the camera begins, or the picture ends. */
export function isLowerEdgeHidden(view: CameraView, depth: DepthMap, points: readonly SurfacePoint[]): boolean {
  const lowestByColumn = new Map<number, SurfacePoint>();
  for (const p of points) {
    const found = lowestByColumn.get(p.u);
    if (!found || p.v > found.v) lowestByColumn.set(p.u, p);
  }
  // Sampled columns end up to a stride above the mask's edge, so look a little further down than the next pixel.
  const stepPx = Math.max(3, Math.ceil(view.height / depth.height) + 1, samplingStep(points) + 2);
  let hidden = 0;
  for (const p of lowestByColumn.values()) {
    if (p.v + stepPx >= view.height) hidden++;
    else {
      const below = depthAt(view, depth, p.u, p.v + stepPx);
      if (below > 0 && below < p.depthM - HIDING_M) hidden++;
    }
  }
  return hidden > lowestByColumn.size / 2;
}

function samplingStep(points: readonly SurfacePoint[]): number {
  const rows = [...new Set(points.map((p) => p.v))].sort((a, b) => a - b);
  return rows.length < 2 ? 1 : Math.min(...rows.slice(1).map((v, i) => v - rows[i]));
}
