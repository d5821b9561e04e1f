import type { Random } from "../../src/domain/random.js";

/** A rectangle on a support, base frame, metres. A thing's bounding circle must lie inside it. */
export interface Area {
  readonly support: "counter" | "shelf" | "sink";
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** Height of the supporting surface. */
  readonly z: number;
  readonly maxHeightM: number;
  /** Relative chance of being tried first. */
  readonly weight: number;
}

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radiusM: number;
  /** Height of the top, where it matters: the palm that grasps a low thing passes over its neighbours. */
  readonly topZ?: number;
}

/** Distance of a thing's centre from the arm's axis within which a hand reaches it from above. */
export const REACH_M: readonly [number, number] = [0.3, 0.72];

export interface PlacementRules {
  readonly gapM: number;
  /** Circles that must stay free: where the hand pulls at handles, zones ... */
  readonly taken: readonly Circle[];
}

/** The palm is 4 cm above the fingertips: a neighbour that stands out by more is given this much more room. */
const PALM_CLEARANCE_M = 0.035;
const TALL_NEIGHBOUR_GAP_M = 0.04;

function apart(a: Circle, b: Circle, gapM: number): boolean {
  const step = Math.abs((a.topZ ?? 0) - (b.topZ ?? 0));
  const uneven = a.topZ !== undefined && b.topZ !== undefined && step > PALM_CLEARANCE_M;
  const gap = gapM + (uneven ? TALL_NEIGHBOUR_GAP_M : 0);
  return Math.hypot(a.x - b.x, a.y - b.y) >= a.radiusM + b.radiusM + gap;
}

/** A free place for a thing of that size in the area, or undefined when none was found. */
export function findPlace(
  area: Area,
  thing: { readonly radiusM: number; readonly heightM: number },
  rules: PlacementRules & { random: Random },
): Circle | undefined {
  const { radiusM } = thing;
  const topZ = area.z + thing.heightM;
  const xs = [area.x[0] + radiusM, area.x[1] - radiusM] as const;
  const ys = [area.y[0] + radiusM, area.y[1] - radiusM] as const;
  if (xs[0] > xs[1] || ys[0] > ys[1]) return undefined;
  for (let attempt = 0; attempt < 60; attempt++) {
    const place = { x: rules.random.between(...xs), y: rules.random.between(...ys), radiusM, topZ };
    const reach = Math.hypot(place.x, place.y);
    if (reach < REACH_M[0] || reach > REACH_M[1]) continue;
    if (rules.taken.every((circle) => apart(place, circle, rules.gapM))) return place;
  }
  return undefined;
}

/** Areas in a random order, heavier ones tending to come first (exponential keys). */
export function weightedOrder(areas: readonly Area[], random: Random): readonly Area[] {
  return areas
    .map((area) => ({ area, key: -Math.log(1 - random.next()) / area.weight }))
    .sort((a, b) => a.key - b.key)
    .map(({ area }) => area);
}
