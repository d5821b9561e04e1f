import type { KnownThing } from "./known-things.js";

export type Sideways = "left-of" | "right-of" | "front-of" | "behind";

export interface Neighbours {
  readonly thing: KnownThing;
  readonly relation: Sideways;
  readonly anchor: KnownThing;
}

/** Farther apart than this, two things are not told by each other. */
const FAR_M = 0.35;
/** Nearer than this along the relation's axis, the words would be doubtful. */
const PLAINLY_APART_M = 0.04;

const offset = (thing: KnownThing, anchor: KnownThing): readonly [dx: number, dy: number] => {
  const [p, q] = [thing.detection.extentInBase.center, anchor.detection.extentInBase.center];
  return [p[0] - q[0], p[1] - q[1]];
};

/** How one thing plainly lies to another, seen from the robot; undefined where two words would fit as well. */
export function plainRelation(thing: KnownThing, anchor: KnownThing): Sideways | undefined {
  const [dx, dy] = offset(thing, anchor);
  const sideways = Math.abs(dy) > Math.abs(dx);
  if (Math.max(Math.abs(dx), Math.abs(dy)) < PLAINLY_APART_M) return undefined;
  if (sideways) return dy > 0 ? "left-of" : "right-of";
  return dx > 0 ? "behind" : "front-of";
}

export const groundDistance = (a: KnownThing, b: KnownThing): number => Math.hypot(...offset(a, b));

/** Each thing with its nearest other one, nearest pairs first, each pair once. */
export function clearNeighbours(things: readonly KnownThing[]): readonly Neighbours[] {
  const pairs = things.flatMap((thing, i) =>
    things.slice(i + 1).map((anchor) => ({ thing, anchor, apartM: groundDistance(thing, anchor) })),
  );
  const told = new Set<KnownThing>();
  const found: Neighbours[] = [];
  for (const { thing, anchor, apartM } of pairs.sort((a, b) => a.apartM - b.apartM)) {
    if (apartM > FAR_M || told.has(thing)) continue;
    const relation = plainRelation(thing, anchor);
    if (relation === undefined) continue;
    told.add(thing);
    found.push({ thing, relation, anchor });
  }
  return found;
}
