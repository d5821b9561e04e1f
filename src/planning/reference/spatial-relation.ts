import type { Detection, Extent } from "../../domain/detection.js";
import { distance, type Vec3 } from "../../domain/geometry/vec3.js";
import type { SpatialRelation } from "../lexicon/meaning.js";
import { kindOf, stateOf } from "./match-attributes.js";

/** Centres nearer than this along an axis are neither left nor right, neither in front nor behind. */
export const SIDE_MARGIN_M = 0.015;
/** "Next to" reaches this far between outlines. */
export const NEAR_M = 0.2;
/** How far a thing's centre may stand over the rim of what it is in or on, for imprecise extents. */
export const INSIDE_MARGIN_M = 0.02;
/** A thing on another may measure this much lower than the other's top. */
export const ON_TOP_MARGIN_M = 0.04;
/** What stands on the worktop at a sink's rim has its bottom at the rim's height; what is in the sink, this much lower. */
export const BELOW_RIM_M = 0.02;
/** How far to either side of the line a thing still is "between". */
export const BETWEEN_HALF_WIDTH_M = 0.13;

/** Half of the extent's footprint diagonal is too generous; the mean of its half sides is a fair radius. */
export const footprintRadius = (extent: Extent): number => (extent.sizeM[0] + extent.sizeM[1]) / 4;

/** A point's place in the extent's own axes, metres from its centre. */
export function toExtent(extent: Extent, point: Vec3): Vec3 {
  const [dx, dy, dz] = [0, 1, 2].map((axis) => point[axis] - extent.center[axis]);
  const [cos, sin] = [Math.cos(extent.yawRad), Math.sin(extent.yawRad)];
  return [cos * dx + sin * dy, cos * dy - sin * dx, dz];
}

/** Is the point over or in the extent's footprint, seen from above? */
export function isWithinFootprint(extent: Extent, point: Vec3, marginM = INSIDE_MARGIN_M): boolean {
  const [x, y] = toExtent(extent, point);
  return Math.abs(x) <= extent.sizeM[0] / 2 + marginM && Math.abs(y) <= extent.sizeM[1] / 2 + marginM;
}

const bottomOf = ({ extentInBase: e }: Detection): number => e.center[2] - e.sizeM[2] / 2;
const topOf = ({ extentInBase: e }: Detection): number => e.center[2] + e.sizeM[2] / 2;

/** Places that have an inside; everything else is stood on. A closed drawer shows only its front: nothing is in that. */
function contains(place: Detection, thing: Detection): boolean {
  const kind = kindOf(place);
  if (kind === "drawer" && stateOf(place) === "closed") return false;
  if (!isWithinFootprint(place.extentInBase, thing.extentInBase.center)) return false;
  return bottomOf(thing) < topOf(place) + (kind === "sink" ? -BELOW_RIM_M : ON_TOP_MARGIN_M);
}

function standsOn(place: Detection, thing: Detection): boolean {
  if (!isWithinFootprint(place.extentInBase, thing.extentInBase.center)) return false;
  return (
    thing.extentInBase.center[2] > topOf(place) - ON_TOP_MARGIN_M / 2 &&
    bottomOf(thing) > topOf(place) - ON_TOP_MARGIN_M
  );
}

const gap = (a: Detection, b: Detection): number =>
  distance(
    [a.extentInBase.center[0], a.extentInBase.center[1], 0],
    [b.extentInBase.center[0], b.extentInBase.center[1], 0],
  ) -
  footprintRadius(a.extentInBase) -
  footprintRadius(b.extentInBase);

function isBetween(thing: Detection, a: Detection, b: Detection): boolean {
  const [p, q, r] = [thing, a, b].map((d) => d.extentInBase.center);
  const [dx, dy] = [r[0] - q[0], r[1] - q[1]];
  const length = Math.hypot(dx, dy);
  if (length === 0) return false;
  const along = ((p[0] - q[0]) * dx + (p[1] - q[1]) * dy) / length;
  const across = Math.abs((p[0] - q[0]) * dy - (p[1] - q[1]) * dx) / length;
  return along > 0 && along < length && across <= BETWEEN_HALF_WIDTH_M;
}

/** Is `thing` in, on, left of ... the anchors? Measured in metres in the base frame: +y is left, +x is away from the robot. */
export function holdsRelation(relation: SpatialRelation, thing: Detection, anchors: readonly Detection[]): boolean {
  const [anchor, other] = anchors;
  const p = thing.extentInBase.center;
  const q = anchor.extentInBase.center;
  switch (relation) {
    case "in":
      return contains(anchor, thing);
    case "on":
      // A zone is flat and a sink hollow: people say "on" and "in" for both.
      return (
        standsOn(anchor, thing) || (["zone", "sink", "bowl"].includes(kindOf(anchor) ?? "") && contains(anchor, thing))
      );
    case "from":
      return contains(anchor, thing) || standsOn(anchor, thing);
    case "left-of":
      return p[1] > q[1] + SIDE_MARGIN_M;
    case "right-of":
      return p[1] < q[1] - SIDE_MARGIN_M;
    case "front-of":
      return p[0] < q[0] - SIDE_MARGIN_M;
    case "behind":
      return p[0] > q[0] + SIDE_MARGIN_M;
    case "under":
      return isWithinFootprint(anchor.extentInBase, p) && topOf(thing) < topOf(anchor) - ON_TOP_MARGIN_M / 2;
    case "near":
      return gap(thing, anchor) <= NEAR_M;
    case "between":
      return other !== undefined && isBetween(thing, anchor, other);
  }
}

/** How far two things are apart on the ground plane, between their centres. */
export const groundDistance = (a: Detection, b: Detection): number =>
  Math.hypot(a.extentInBase.center[0] - b.extentInBase.center[0], a.extentInBase.center[1] - b.extentInBase.center[1]);

/**
 * Is one of these plainly meant by the relation? Beside words mean the nearest one when it is much nearer than the next:
 * "left of the sink" is not the far end of the counter.
 */
export function mostRelated(
  relation: SpatialRelation,
  things: readonly Detection[],
  anchor: Detection,
): readonly Detection[] {
  const sideways = relation === "left-of" || relation === "right-of";
  if (relation === "in" || relation === "on" || relation === "from" || relation === "under") return things;
  // Sideways words mean beside, not diagonally across: distance along the other axis counts double.
  const cost = (d: Detection): number => {
    const dx = d.extentInBase.center[0] - anchor.extentInBase.center[0];
    const dy = d.extentInBase.center[1] - anchor.extentInBase.center[1];
    if (relation === "near" || relation === "between") return Math.hypot(dx, dy);
    return sideways ? Math.hypot(2 * dx, dy) : Math.hypot(dx, 2 * dy);
  };
  const straight = things.filter((d) => {
    const dx = Math.abs(d.extentInBase.center[0] - anchor.extentInBase.center[0]);
    const dy = Math.abs(d.extentInBase.center[1] - anchor.extentInBase.center[1]);
    return relation === "near" || (sideways ? dx <= CONE * dy : dy <= CONE * dx);
  });
  const meant = straight.length > 0 ? straight : things;
  const sorted = [...meant].sort((a, b) => cost(a) - cost(b));
  return sorted.length > 1 && cost(sorted[0]) < NEAREST_SHARE * cost(sorted[1]) ? sorted.slice(0, 1) : meant;
}

/** Tangent of the half angle (60 degrees) within which a thing is properly left of, behind ... another. */
const CONE = Math.sqrt(3);

/** The nearest of several is meant when it is nearer than this share of the second one's distance. */
export const NEAREST_SHARE = 0.6;
