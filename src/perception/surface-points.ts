import type { Grounding } from "../domain/detection.js";
import type { DepthMap, Frame } from "../domain/frame.js";
import { quaternionToMatrix } from "../domain/geometry/quaternion.js";

export type CameraView = Pick<Frame, "width" | "height" | "intrinsics" | "poseInBase">;

/** One pixel with depth: column and row of its centre in frame pixels, metres along the optical axis, metres in base. */
export interface SurfacePoint {
  readonly u: number;
  readonly v: number;
  readonly depthM: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface SurfaceSample {
  readonly points: readonly SurfacePoint[];
  /** Frame pixels between neighbouring samples. */
  readonly stridePx: number;
}

/** Reads depth at frame pixels whatever the map's own resolution. */
export function depthAt(view: CameraView, depth: DepthMap, u: number, v: number): number {
  const column = Math.min(depth.width - 1, Math.max(0, Math.floor((u / view.width) * depth.width)));
  const row = Math.min(depth.height - 1, Math.max(0, Math.floor((v / view.height) * depth.height)));
  const metres = depth.depthM[row * depth.width + column];
  return metres > 0 && Number.isFinite(metres) ? metres : 0;
}

/** `deproject` for many pixels of one view: the rotation is expanded once. */
export function createDeprojector(view: CameraView): (u: number, v: number, depthM: number) => SurfacePoint {
  const { fx, fy, cx, cy } = view.intrinsics;
  const m = quaternionToMatrix(view.poseInBase.orientation);
  const [px, py, pz] = view.poseInBase.position;
  return (u, v, depthM) => {
    const a = ((u - cx) / fx) * depthM;
    const b = ((v - cy) / fy) * depthM;
    return {
      u,
      v,
      depthM,
      x: px + m[0] * a + m[1] * b + m[2] * depthM,
      y: py + m[3] * a + m[4] * b + m[5] * depthM,
      z: pz + m[6] * a + m[7] * b + m[8] * depthM,
    };
  };
}

/** Part of a box that is likely to lie on the thing when there is no mask. */
const INNER_PART = 0.6;

/** Whether the frame pixel (u, v) belongs to the thing. */
export function createMaskTest(view: CameraView, grounding: Grounding): (u: number, v: number) => boolean {
  const { box, mask } = grounding;
  const x0 = box.x0 * view.width;
  const y0 = box.y0 * view.height;
  const width = (box.x1 - box.x0) * view.width;
  const height = (box.y1 - box.y0) * view.height;
  if (!mask) {
    return (u, v) =>
      Math.abs((u - x0) / width - 0.5) <= INNER_PART / 2 && Math.abs((v - y0) / height - 0.5) <= INNER_PART / 2;
  }
  return (u, v) => {
    const column = Math.floor(((u - x0) / width) * mask.width);
    const row = Math.floor(((v - y0) / height) * mask.height);
    if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false;
    return mask.data[row * mask.width + column] === 1;
  };
}

/** Most samples taken from one thing. Enough for millimetres, few enough for a control loop. */
const MAX_POINTS = 400;

/** The thing's pixels that have depth, on an even grid, at most 400 of them. */
export function sampleMask(view: CameraView, depth: DepthMap, grounding: Grounding): SurfaceSample {
  const belongs = createMaskTest(view, grounding);
  const toBase = createDeprojector(view);
  const u0 = Math.max(0, Math.floor(grounding.box.x0 * view.width));
  const v0 = Math.max(0, Math.floor(grounding.box.y0 * view.height));
  const u1 = Math.min(view.width, Math.ceil(grounding.box.x1 * view.width));
  const v1 = Math.min(view.height, Math.ceil(grounding.box.y1 * view.height));

  let area = 0;
  for (let v = v0; v < v1; v += 2) for (let u = u0; u < u1; u += 2) if (belongs(u + 0.5, v + 0.5)) area += 4;
  const stridePx = Math.max(1, Math.ceil(Math.sqrt(area / MAX_POINTS)));

  const points: SurfacePoint[] = [];
  const offset = Math.floor(stridePx / 2);
  for (let v = v0 + offset; v < v1; v += stridePx) {
    for (let u = u0 + offset; u < u1; u += stridePx) {
      if (!belongs(u + 0.5, v + 0.5)) continue;
      const metres = depthAt(view, depth, u + 0.5, v + 0.5);
      if (metres > 0) points.push(toBase(u + 0.5, v + 0.5, metres));
    }
  }
  return { points, stridePx };
}

/** A jump in depth this large separates the thing from what is behind or in front of it. */
const GAP_M = 0.02;

/** The largest run of points without a gap in depth: drops background and foreground that a loose mask lets in. */
export function withoutDepthOutliers(points: readonly SurfacePoint[]): readonly SurfacePoint[] {
  const byDepth = [...points].sort((a, b) => a.depthM - b.depthM);
  let best = { start: 0, end: 0 };
  let start = 0;
  for (let i = 1; i <= byDepth.length; i++) {
    if (i < byDepth.length && byDepth[i].depthM - byDepth[i - 1].depthM < GAP_M) continue;
    if (i - start > best.end - best.start) best = { start, end: i };
    start = i;
  }
  return byDepth.slice(best.start, best.end);
}

/** Value below which `fraction` of the numbers lie. NaN for none. */
export function quantile(values: readonly number[], fraction: number): number {
  if (values.length === 0) return Number.NaN;
  // A typed array sorts numbers without a call for each comparison.
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(fraction * (sorted.length - 1))))];
}
