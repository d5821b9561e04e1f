import { composePoses, transformPoint, type Pose } from "../../domain/geometry/pose.js";
import { distance, dot, interpolate, subtract, type Vec3 } from "../../domain/geometry/vec3.js";
import type { UrdfShape } from "./urdf-document.js";

/** A segment with a radius, in the frame of whatever carries it. */
export interface BareCapsule {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radiusM: number;
}

/** Flat boxes are covered by at most so many capsules side by side. */
const MAX_STRIPS = 4;

/**
 * Capsules that cover the shapes, given in the frame of `pose`'s parent: none smaller than its shape. Meshes are left out: their
 * files are not at hand.
 */
export function capsulesOfShapes(shapes: readonly UrdfShape[], pose: Pose): BareCapsule[] {
  const all = shapes.flatMap((shape) => capsulesOf(shape, composePoses(pose, shape.pose)));
  // Who writes URDF makes a capsule of a cylinder and two balls: the balls are in the cylinder's capsule already.
  return all.filter((capsule, i) => !all.some((other, k) => k !== i && swallows(other, capsule, k < i)));
}

function capsulesOf(shape: UrdfShape, pose: Pose): BareCapsule[] {
  switch (shape.type) {
    case "sphere":
      return [{ from: pose.position, to: pose.position, radiusM: shape.radiusM }];
    case "cylinder": {
      const half = shape.lengthM / 2;
      return [
        {
          from: transformPoint(pose, [0, 0, -half]),
          to: transformPoint(pose, [0, 0, half]),
          radiusM: shape.radiusM,
        },
      ];
    }
    case "box":
      return capsulesOfBox(shape.sizeM, pose);
    case "mesh":
      return [];
  }
}

/** Along the longest edge, side by side across the middle one. */
function capsulesOfBox(sizeM: Vec3, pose: Pose): BareCapsule[] {
  const [long, middle, short] = [0, 1, 2].sort((a, b) => sizeM[b] - sizeM[a]);
  const strips = Math.min(MAX_STRIPS, Math.max(1, Math.round(sizeM[middle] / Math.max(sizeM[short], 1e-3))));
  const width = sizeM[middle] / strips;
  const radiusM = Math.hypot(width, sizeM[short]) / 2;
  return Array.from({ length: strips }, (_, i) => {
    const at = (end: -1 | 1): Vec3 => {
      const point = [0, 0, 0];
      // The corners of the end faces are exactly one radius from here.
      point[long] = (end * sizeM[long]) / 2;
      point[middle] = (i + 0.5) * width - sizeM[middle] / 2;
      return transformPoint(pose, [point[0], point[1], point[2]]);
    };
    return { from: at(-1), to: at(1), radiusM };
  });
}

/** True when `inner` lies in `outer`; of two equal ones, the earlier stays. */
function swallows(outer: BareCapsule, inner: BareCapsule, outerIsEarlier: boolean): boolean {
  const slack = outer.radiusM - inner.radiusM + 1e-6;
  const inside = [inner.from, inner.to].every((point) => distanceToSegment(point, outer) <= slack);
  if (!inside) return false;
  const same = Math.abs(slack) < 2e-6 && distance(outer.from, outer.to) <= distance(inner.from, inner.to) + 1e-6;
  return !same || outerIsEarlier;
}

function distanceToSegment(point: Vec3, { from, to }: BareCapsule): number {
  const along = subtract(to, from);
  const length2 = dot(along, along);
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, dot(subtract(point, from), along) / length2));
  return distance(point, interpolate(from, to, t));
}
