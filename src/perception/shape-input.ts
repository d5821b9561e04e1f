import type { Extent } from "../domain/detection.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import type { Rectangle } from "./footprint.js";
import { quantile, type SurfacePoint } from "./surface-points.js";

/** What one thing's shape is measured from. */
export interface ShapeInput {
  readonly points: readonly SurfacePoint[];
  /** Height of the surface that it stands on. */
  readonly supportM: number;
  /** Something nearer hides its lower part, and with it perhaps its near side. */
  readonly lowerEdgeHidden: boolean;
  readonly cameraPosition: Vec3;
  /** Width on the thing that one sample stands for: samples end half of it short of the true edge. */
  readonly sampleM: number;
}

export const heights = (points: readonly SurfacePoint[]): number[] => points.map((p) => p.z);
export const topOf = (points: readonly SurfacePoint[]): number => quantile(heights(points), 0.985);

/** Direction from the camera to the thing in the xy plane, and how steeply the camera looks down on it. */
export function viewing(input: ShapeInput): { yawRad: number; elevationRad: number } {
  const n = input.points.length;
  const mean = input.points.reduce((sum, p) => [sum[0] + p.x / n, sum[1] + p.y / n, sum[2] + p.z / n], [0, 0, 0]);
  const [dx, dy, dz] = mean.map((value, i) => value - input.cameraPosition[i]);
  return { yawRad: Math.atan2(dy, dx), elevationRad: Math.atan2(-dz, Math.hypot(dx, dy)) };
}

export function standingBox(rectangle: Rectangle, bottomM: number, topM: number): Extent {
  return {
    center: [rectangle.x, rectangle.y, (bottomM + topM) / 2],
    sizeM: [rectangle.lengthM, rectangle.widthM, Math.max(0, topM - bottomM)],
    yawRad: rectangle.yawRad,
  };
}

/**
 * Part of a sample's width by which the outermost samples fall short of the true outline, both sides together. Fitted on
 * rendered boxes: a rectangle that lies askew to the grid of samples always has one close to each edge.
 */
export const EDGE_PART = 0.45;

export const grown = (rectangle: Rectangle, byM: number): Rectangle => ({
  ...rectangle,
  lengthM: rectangle.lengthM + byM,
  widthM: rectangle.widthM + byM,
});
