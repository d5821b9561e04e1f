import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { SeenThing } from "./seen-things.js";

/** Relations that phrases use; left is +y and behind is +x of the base frame. */
export type SpatialRelation =
  "left-of" | "right-of" | "front-of" | "behind" | "in" | "on" | "next-to" | "between" | "nearest-to";
export type Sideways = "left-of" | "right-of" | "front-of" | "behind";

/** Whether people would agree that it holds, that it does not, or not agree. Only scenes without doubt are asked about. */
export type Verdict = "yes" | "no" | "doubtful";

const PLAINLY_APART_M = 0.04;
const NEXT_TO_GAP_M = 0.08;
const NOT_NEXT_TO_GAP_M = 0.3;

export const radiusOf = ({ sizeM }: { readonly sizeM: Vec3 }): number => Math.max(sizeM[0], sizeM[1]) / 2;
export const groundDistance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Metres from the anchor to the point along the relation's direction, and across it. */
export function offsetAlong(
  relation: Sideways,
  point: Vec3,
  anchor: Vec3,
): { readonly alongM: number; readonly acrossM: number } {
  const [dx, dy] = [point[0] - anchor[0], point[1] - anchor[1]];
  switch (relation) {
    case "left-of":
      return { alongM: dy, acrossM: Math.abs(dx) };
    case "right-of":
      return { alongM: -dy, acrossM: Math.abs(dx) };
    case "front-of":
      return { alongM: -dx, acrossM: Math.abs(dy) };
    case "behind":
      return { alongM: dx, acrossM: Math.abs(dy) };
  }
}

function sidewaysVerdict(relation: Sideways, thing: SeenThing, anchor: SeenThing): Verdict {
  const { alongM, acrossM } = offsetAlong(relation, thing.center, anchor.center);
  if (alongM < -PLAINLY_APART_M) return "no";
  return alongM > PLAINLY_APART_M && acrossM < alongM ? "yes" : "doubtful";
}

function nextToVerdict(thing: SeenThing, anchor: SeenThing): Verdict {
  const gapM = groundDistance(thing.center, anchor.center) - radiusOf(thing) - radiusOf(anchor);
  const level = Math.abs(bottomOf(thing) - bottomOf(anchor)) < 0.05;
  if (gapM > NOT_NEXT_TO_GAP_M) return "no";
  return level && gapM < NEXT_TO_GAP_M ? "yes" : "doubtful";
}

function betweenVerdict(thing: SeenThing, [a, b]: readonly SeenThing[]): Verdict {
  const [dx, dy] = [b.center[0] - a.center[0], b.center[1] - a.center[1]];
  const length = Math.hypot(dx, dy);
  const [px, py] = [thing.center[0] - a.center[0], thing.center[1] - a.center[1]];
  const share = (px * dx + py * dy) / (length * length);
  const acrossM = Math.abs(px * dy - py * dx) / length;
  if (share < -0.1 || share > 1.1 || acrossM > 0.2) return "no";
  return share > 0.25 && share < 0.75 && acrossM < 0.05 ? "yes" : "doubtful";
}

const bottomOf = ({ center, sizeM }: SeenThing): number => center[2] - sizeM[2] / 2;

/** Does the thing lie to its anchors as the relation says, by the truth? `nearest-to` compares things and is not asked here. */
export function holds(
  relation: Exclude<SpatialRelation, "nearest-to">,
  thing: SeenThing,
  anchors: readonly SeenThing[],
): Verdict {
  const [anchor] = anchors;
  switch (relation) {
    case "left-of":
    case "right-of":
    case "front-of":
    case "behind":
      return sidewaysVerdict(relation, thing, anchor);
    case "in":
    case "on":
      return thing.startsIn === anchor.id ? "yes" : "no";
    case "next-to":
      return nextToVerdict(thing, anchor);
    case "between":
      return betweenVerdict(thing, anchors);
  }
}
