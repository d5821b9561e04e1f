import type { Extent } from "../domain/detection.js";
import type { Vec3 } from "../domain/geometry/vec3.js";

export const topOf = (extent: Extent): number => extent.center[2] + extent.sizeM[2] / 2;
export const bottomOf = (extent: Extent): number => extent.center[2] - extent.sizeM[2] / 2;

/** The point in the box's own axes, relative to its centre. */
export function toExtentAxes(extent: Extent, point: Vec3): readonly [x: number, y: number] {
  const [dx, dy] = [point[0] - extent.center[0], point[1] - extent.center[1]];
  const [c, s] = [Math.cos(extent.yawRad), Math.sin(extent.yawRad)];
  return [c * dx + s * dy, c * dy - s * dx];
}

/** How far inside the footprint a point is, metres; negative outside. */
export function depthInFootprint(extent: Extent, point: Vec3): number {
  const [x, y] = toExtentAxes(extent, point);
  return Math.min(extent.sizeM[0] / 2 - Math.abs(x), extent.sizeM[1] / 2 - Math.abs(y));
}

/** Horizontal distance. */
export const flatDistance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
