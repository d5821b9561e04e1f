import { project } from "../../../src/domain/geometry/project.js";
import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import { WORKTOP_Z } from "../../scenes/layout.js";
import { describeThing } from "./describe.js";
import type { PointingFamily, Showing } from "./family.js";
import { sayFree, sayNoun, sayWorktop, type FreeRelation } from "./phrases.js";
import type { FreeVerdict, PointingTruth, PointOnSurface } from "./pointing-task.js";
import { groundDistance, offsetAlong, radiusOf } from "./relations.js";
import { isClear, type SeenThing } from "./seen-things.js";

const SHELF_TOP_M = WORKTOP_Z + 0.17;
/** Where the worktop is, metres in the base frame; the kitchen's wall side is behind drawers and shelf. */
const WORKTOPS = {
  kitchen: { x: [0.2, 1.05], y: [-0.85, 0.85] },
  tabletop: { x: [0.22, 0.8], y: [-0.55, 0.55] },
} as const;
/** The pixel's surface may be this far from the wanted one. */
const SURFACE_TOLERANCE_M = 0.015;
/** Room that a point needs to count as free, and that the places have of which it is asked, metres around it. */
const FREE_M = 0.02;
const ROOMY_M = 0.065;
/** Fewest roomy cells of the grid below for a place to be asked about. */
const MIN_CELLS = 10;
const GRID_M = 0.02;
/** Where an arm on the base puts things well. */
const REACH_M: readonly [number, number] = [0.37, 0.62];
/** How far beside words reach, and how near the room must be that they are asked about. */
const BESIDE_REACH_M = 0.4;
const CLOSE_BESIDE_M = 0.22;

type Inside = (point: Vec3) => boolean;
interface Surface {
  readonly heightM: number;
  /** Instances whose pixels show it. */
  readonly instances: readonly string[];
}

/** Metres from a point to the thing's upright box, on the ground plane; 0 inside. */
function gapTo({ center, sizeM, yawRad }: SeenThing, [x, y]: Vec3): number {
  const [dx, dy] = [x - center[0], y - center[1]];
  const [c, s] = [Math.cos(yawRad), Math.sin(yawRad)];
  const along = Math.max(0, Math.abs(c * dx + s * dy) - sizeM[0] / 2);
  const across = Math.max(0, Math.abs(c * dy - s * dx) - sizeM[1] / 2);
  return Math.hypot(along, across);
}

/** Metres from the point to the nearest edge of the worktop. */
function gapToEdge(layout: "kitchen" | "tabletop", [x, y]: Vec3): number {
  const { x: xs, y: ys } = WORKTOPS[layout];
  return Math.min(x - xs[0], xs[1] - x, y - ys[0], ys[1] - y);
}

/** Nothing stands within the radius: no thing, shelf, drawer or basin. Hidden things count: what is not seen is not free. */
const isFree = ({ things }: Showing, point: Vec3, surface: Surface, radiusM: number): boolean =>
  things.every((thing) => {
    if (thing.kind === "zone" || (thing.kind === "shelf" && surface.heightM === SHELF_TOP_M)) return true;
    const overhangs = surface.heightM > WORKTOP_Z + 0.1 && thing.center[2] < WORKTOP_Z + 0.12;
    return overhangs || gapTo(thing, point) >= radiusM;
  });

const regionOf =
  (relation: FreeRelation, anchors: readonly SeenThing[], isStrict: boolean): Inside =>
  (point) => {
    const [anchor, other] = anchors;
    switch (relation) {
      case "on":
        return true;
      case "next-to":
        return gapTo(anchor, point) < 0.2;
      case "between": {
        const [a, b] = [anchor.center, other.center];
        const length = groundDistance(a, b);
        const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
        const [px, py] = [point[0] - a[0], point[1] - a[1]];
        const along = px * ux + py * uy;
        return along > radiusOf(anchor) && along < length - radiusOf(other) && Math.abs(px * uy - py * ux) < 0.08;
      }
      case "left-of":
      case "right-of":
      case "front-of":
      case "behind": {
        const { alongM, acrossM } = offsetAlong(relation, point, anchor.center);
        if (isStrict) return alongM > radiusOf(anchor) && alongM < CLOSE_BESIDE_M && acrossM < alongM;
        return alongM > 0.02 && alongM < BESIDE_REACH_M && acrossM < Math.max(radiusOf(anchor), 1.3 * alongM);
      }
    }
  };

const SWEEP_M = 0.27;

/** Does a drawer that is not open yet come out over the point? Some call that free, some do not: it is not asked about. */
const isBeforeDrawer = ({ things }: Showing, [x, y]: Vec3): boolean =>
  things.some(({ kind, center, sizeM }) => {
    const aheadM = center[0] - sizeM[0] / 2 - x;
    return kind === "drawer" && aheadM > 0 && aheadM < SWEEP_M && Math.abs(y - center[1]) < sizeM[1] / 2 + GRID_M;
  });

/** Is the place wide enough, in reach and in sight, so that not finding it is a miss? */
function isRoomy(showing: Showing, surface: Surface, inside: Inside): boolean {
  const { frame, truth, scene } = showing;
  let cells = 0;
  for (let x = 0.2; x < 0.8; x += GRID_M) {
    for (let y = -0.6; y < 0.6; y += GRID_M) {
      const point: Vec3 = [x, y, surface.heightM];
      const reach = Math.hypot(x, y);
      if (reach < REACH_M[0] || reach > REACH_M[1] || !inside(point)) continue;
      const isAtEdge = gapToEdge(scene.layout, point) < ROOMY_M || isBeforeDrawer(showing, point);
      if (surface.heightM === WORKTOP_Z && isAtEdge) continue;
      const seen = project(frame, point);
      if (!(seen.x >= 0 && seen.x < 1 && seen.y >= 0 && seen.y < 1)) continue;
      const pixel = Math.floor(seen.y * frame.height) * frame.width + Math.floor(seen.x * frame.width);
      const isShown = surface.instances.includes(truth.names[truth.instanceIds[pixel]]);
      const isLevel = Math.abs(truth.depthM[pixel] - seen.z) < SURFACE_TOLERANCE_M;
      if (isShown && isLevel && isFree(showing, point, surface, ROOMY_M)) cells++;
    }
  }
  return cells >= MIN_CELLS;
}

function truthOf(showing: Showing, surface: Surface, inside: Inside): PointingTruth {
  const isRight = ({ instance, positionInBase: point }: PointOnSurface): FreeVerdict => {
    const isOnSurface =
      surface.instances.includes(instance) && Math.abs(point[2] - surface.heightM) < SURFACE_TOLERANCE_M;
    if (!isOnSurface || !isFree(showing, point, surface, FREE_M)) return "not-free";
    return inside(point) ? "right" : "wrong-place";
  };
  return { type: "free", isRight };
}

const RELATIONS: readonly FreeRelation[] = [
  "left-of",
  "right-of",
  "front-of",
  "behind",
  "next-to",
  "between",
  "on",
  "on",
  "on",
];

/** Zones lie on the worktop; beside words may well end on one. */
const worktop = ({ scene }: Showing, withZones: boolean): Surface => ({
  heightM: WORKTOP_Z,
  instances: ["background", ...(withZones ? scene.regions.map(({ id }) => `region:${id}`) : [])],
});

/** "the free space left of the red mug", 架子上的空位, "an empty place on the counter". */
export const freeSpace: PointingFamily = {
  group: "free-space",
  layouts: ["kitchen", "tabletop"],
  options: () => ({ count: 5 }),
  write(showing) {
    const { random, things, scene, turn } = showing;
    const relation = RELATIONS[turn % RELATIONS.length];
    if (relation === "on") {
      const onShelf = scene.layout === "kitchen" && random.chance(0.5);
      const shelf = things.find((thing) => thing.kind === "shelf");
      const surface: Surface =
        onShelf && shelf ? { heightM: SHELF_TOP_M, instances: shelf.instances } : worktop(showing, false);
      const inside: Inside = () => true;
      if (!isRoomy(showing, surface, inside)) return undefined;
      const y = onShelf ? sayNoun(showing, { kind: "shelf" }) : sayWorktop(showing, scene.layout);
      return { phrase: sayFree(showing, relation, { y }), truth: truthOf(showing, surface, inside) };
    }
    const surface = worktop(showing, true);
    const standing = random.shuffle(things.filter((thing) => isClear(thing) && thing.startsIn === "counter"));
    for (const [i, anchor] of standing.entries()) {
      const partners = relation === "between" ? standing.slice(i + 1) : [undefined];
      for (const partner of partners) {
        const anchors = partner ? [anchor, partner] : [anchor];
        const y = describeThing(showing, anchor, things);
        const z = partner && describeThing(showing, partner, things);
        if (y === undefined || (partner && z === undefined)) continue;
        if (!isRoomy(showing, surface, regionOf(relation, anchors, true))) continue;
        const inside = regionOf(relation, anchors, false);
        return { phrase: sayFree(showing, relation, { y, z }), truth: truthOf(showing, surface, inside) };
      }
    }
    return undefined;
  },
};
