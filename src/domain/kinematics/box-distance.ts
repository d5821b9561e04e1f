import type { Extent } from "../detection.js";
import type { Vec3 } from "../geometry/vec3.js";

/** Upright box in the base frame: centre, full lengths, direction of its x axis in the xy plane. */
export type OrientedBox = Extent;

/** A box made ready for many distance questions. */
export interface PreparedBox {
  readonly cx: number;
  readonly cy: number;
  readonly cz: number;
  readonly cos: number;
  readonly sin: number;
  readonly hx: number;
  readonly hy: number;
  readonly hz: number;
}

export function prepareBox(box: OrientedBox): PreparedBox {
  return {
    cx: box.center[0],
    cy: box.center[1],
    cz: box.center[2],
    cos: Math.cos(box.yawRad),
    sin: Math.sin(box.yawRad),
    hx: box.sizeM[0] / 2,
    hy: box.sizeM[1] / 2,
    hz: box.sizeM[2] / 2,
  };
}

/** Distance from a point to a box: negative inside, as deep as the nearest face. */
export function pointBoxDistance(point: Vec3, box: OrientedBox): number {
  return segmentBoxDistance(point, point, box);
}

/** Least signed distance of a segment's points to a box: negative where the segment enters it. */
export function segmentBoxDistance(from: Vec3, to: Vec3, box: OrientedBox): number {
  return flatSegmentBoxDistance(new Float64Array([...from, ...to]), 0, prepareBox(box));
}

/** Signed clearance of a capsule from a box: negative when they overlap. */
export function capsuleBoxDistance(
  capsule: { readonly from: Vec3; readonly to: Vec3; readonly radiusM: number },
  box: OrientedBox,
): number {
  return segmentBoxDistance(capsule.from, capsule.to, box) - capsule.radiusM;
}

/** The same for a segment in a flat array (six numbers from `at` on). Allocates nothing. */
export function flatSegmentBoxDistance(segment: Float64Array, at: number, box: PreparedBox): number {
  const { cos, sin, hx, hy, hz } = box;
  const ex = segment[at] - box.cx;
  const ey = segment[at + 1] - box.cy;
  const px = cos * ex + sin * ey;
  const py = cos * ey - sin * ex;
  const pz = segment[at + 2] - box.cz;
  const gx = segment[at + 3] - segment[at];
  const gy = segment[at + 4] - segment[at + 1];
  const dx = cos * gx + sin * gy;
  const dy = cos * gy - sin * gx;
  const dz = segment[at + 5] - segment[at + 2];

  // The signed distance to a convex body is convex along a line, so bisection on the sign of the slope finds the least. Outside,
  // half the slope of the squared distance is the sum of excess times direction over the axes: exact and free of roots.
  let low = 0;
  let high = 1;
  if (slope(px, py, pz, dx, dy, dz, hx, hy, hz) >= 0) high = 0;
  else if (slope(px + dx, py + dy, pz + dz, dx, dy, dz, hx, hy, hz) <= 0) low = 1;
  for (let i = 0; i < 30 && high - low > 1e-6; i++) {
    const t = (low + high) / 2;
    if (slope(px + t * dx, py + t * dy, pz + t * dz, dx, dy, dz, hx, hy, hz) < 0) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return pointDistance(px + t * dx, py + t * dy, pz + t * dz, hx, hy, hz);
}

const excess = (p: number, h: number): number => (p > h ? p - h : p < -h ? p + h : 0);

/** A number with the sign of the derivative of the signed distance in direction d. */
function slope(
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  hx: number,
  hy: number,
  hz: number,
): number {
  const ox = excess(x, hx);
  const oy = excess(y, hy);
  const oz = excess(z, hz);
  if (ox !== 0 || oy !== 0 || oz !== 0) return ox * dx + oy * dy + oz * dz;
  const mx = Math.abs(x) - hx;
  const my = Math.abs(y) - hy;
  const mz = Math.abs(z) - hz;
  if (mx >= my && mx >= mz) return x >= 0 ? dx : -dx;
  if (my >= mz) return y >= 0 ? dy : -dy;
  return z >= 0 ? dz : -dz;
}

function pointDistance(x: number, y: number, z: number, hx: number, hy: number, hz: number): number {
  const ox = excess(x, hx);
  const oy = excess(y, hy);
  const oz = excess(z, hz);
  if (ox !== 0 || oy !== 0 || oz !== 0) return Math.sqrt(ox * ox + oy * oy + oz * oz);
  return Math.max(Math.abs(x) - hx, Math.abs(y) - hy, Math.abs(z) - hz);
}
