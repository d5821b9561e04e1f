import type { Destination, Placement } from "../../domain/action.js";
import type { Detection, Extent } from "../../domain/detection.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";
import type { Pose } from "../../domain/geometry/pose.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { FreeSpot, Scene } from "../../domain/scene.js";
import type { Grip } from "../effect.js";
import { bottomOf, depthInFootprint, flatDistance, topOf } from "../footprint.js";
import { kindOf } from "../same-thing.js";
import { findDetection, pointOf } from "./find-target.js";
import { isPlace, outOfCabinet } from "./solids.js";
import { wrap } from "./grasp-poses.js";
import { CLEARANCES } from "./speeds.js";

/** Where a held thing goes. */
export interface PlaceSpot {
  /** Where its underside will come to rest, base frame. */
  readonly at: Vec3;
  readonly placement: Placement;
  /** The container or surface meant, for `in` and `on`. */
  readonly destination?: Extent;
  /** True where a few centimetres aside would miss: into a bowl. */
  readonly exact: boolean;
  /** The tool stays above this while it lets go: fingers that open inside of a bowl wedge in it and carry it off. */
  readonly leastToolZ?: number;
  /** How far the thing may be let fall where the hand cannot go all the way down: into basins and bowls. */
  readonly maxDropM: number;
  /** Ids of solid things that it is put into, and so may come close to. */
  readonly near: readonly string[];
}

/** Rims are measured to a few millimetres. */
const OVER_RIM_M = 0.006;

const HOLLOW: ReadonlySet<string> = new Set(["sink", "bowl", "drawer"]);

/** From a planner's destination to a point in metres: the middle of what it names, or the free spot that it points at. */
export function placeSpot(to: Destination, scene: Scene, grip: Grip): PlaceSpot {
  const point = pointOf(to, scene);
  const detection = findDetection(to, scene);
  const placement = to.placement ?? "at";
  const nearIds = detection !== undefined && kindOf(detection) === "bowl" ? [detection.id] : [];
  if (detection === undefined || placement === "at" || placement === "beside") {
    const at = onFreeSpot(point, scene.freeSpots, grip);
    return { at, placement, exact: false, maxDropM: 0.012, near: [] };
  }
  const extent = detection.extentInBase;
  if (HOLLOW.has(kindOf(detection))) {
    const others = scene.detections.filter((d) => d.id !== detection.id && d.held !== true && !isPlace(d));
    const at =
      kindOf(detection) === "bowl"
        ? roomiestInBowl(detection, others, {
            radiusM: grip.footprintRadiusM,
            viewFrom: scene.view.poseInBase.position,
          })
        : roomiestIn(detection, others, grip.footprintRadiusM);
    const drop = { drawer: 0.06, bowl: 0.02 }[kindOf(detection)] ?? 0.1;
    const isBowl = kindOf(detection) === "bowl";
    const rim = isBowl ? { leastToolZ: topOf(extent) + CLEARANCES.fingertipM + OVER_RIM_M } : {};
    return { at, placement, destination: extent, exact: isBowl, maxDropM: drop, near: nearIds, ...rim };
  }
  // A board or a zone: the roomiest spot on it that was measured as free, else its middle.
  const spots = scene.freeSpots.filter((spot) => depthInFootprint(extent, spot.positionInBase) > 0.02);
  const fitting = spots.filter((spot) => spot.clearanceM >= Math.min(grip.footprintRadiusM, 0.06));
  const pointed = depthInFootprint(extent, point) > 0.02 && spots.length === 0 ? point : undefined;
  const chosen =
    nearest(fitting.length > 0 ? fitting : spots, extent.center)?.positionInBase ?? pointed ?? extent.center;
  const at: Vec3 = [chosen[0], chosen[1], topOf(extent)];
  const exact = Math.min(extent.sizeM[0], extent.sizeM[1]) / 2 - grip.footprintRadiusM < 0.04;
  return { at, placement, destination: extent, exact, maxDropM: 0.02, near: nearIds };
}

const GRID = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3] as const;
/** A metre away from the middle is worth as much as this much more room. */
const MIDDLE_WEIGHT = 0.25;

/** Where in a basin or drawer there is most room between what lies in it already, near its middle; its floor there. */
function roomiestIn(place: Detection, others: readonly Detection[], radiusM: number): Vec3 {
  const hollow = reachableHollow(place);
  const { center, sizeM, yawRad } = hollow;
  const [c, s] = [Math.cos(yawRad), Math.sin(yawRad)];
  const room = (at: Vec3): number => {
    const gaps = others.map((d) => -depthInFootprint(d.extentInBase, at) - radiusM);
    // More room than a hand needs is worth nothing.
    return Math.min(0.04, ...gaps, depthInFootprint(hollow, at) - radiusM);
  };
  const worth = (at: Vec3): number => room(at) - MIDDLE_WEIGHT * flatDistance(at, center);
  return GRID.flatMap((u) =>
    GRID.map((v): Vec3 => {
      const [x, y] = [u * sizeM[0], v * sizeM[1]];
      return [center[0] + c * x - s * y, center[1] + s * x + c * y, center[2]];
    }),
  ).reduce((best, at) => (worth(at) > worth(best) ? at : best), center);
}

/** Left between a thing that goes into a bowl and the rim. */
const FROM_RIM_M = 0.006;
const RING = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((twelfth) => (twelfth * Math.PI) / 6);
const RING_PARTS = [0.5, 0.75, 1] as const;
/** What falls on the far side of a bowl is not hidden by its near rim: as good as this much more room. */
const FAR_SIDE_M = 0.002;

/** The middle of an empty bowl; else beside what lies in it already, where it does not come to stand on that. */
function roomiestInBowl(
  bowl: Detection,
  others: readonly Detection[],
  { radiusM, viewFrom }: { readonly radiusM: number; readonly viewFrom: Vec3 },
): Vec3 {
  const { extentInBase: extent } = bowl;
  const { center } = reachableHollow(bowl);
  const inside = others.filter((d) => depthInFootprint(extent, d.extentInBase.center) > 0);
  const mostM = Math.min(extent.sizeM[0], extent.sizeM[1]) / 2 - radiusM - FROM_RIM_M;
  if (inside.length === 0 || mostM <= 0) return center;
  const away = Math.atan2(center[1] - viewFrom[1], center[0] - viewFrom[0]);
  const worth = (at: Vec3, angle: number): number => {
    const gaps = inside.map((d) => flatDistance(d.extentInBase.center, at) - radiusM - innerRadius(d.extentInBase));
    return Math.min(0, ...gaps) - MIDDLE_WEIGHT * flatDistance(at, center) + FAR_SIDE_M * Math.cos(angle - away);
  };
  return RING_PARTS.flatMap((part) =>
    RING.map((angle) => {
      const [x, y] = [Math.cos(angle) * mostM * part, Math.sin(angle) * mostM * part];
      const at: Vec3 = [center[0] + x, center[1] + y, center[2]];
      return { at, worth: worth(at, angle) };
    }),
  ).reduce((best, next) => (next.worth > best.worth ? next : best)).at;
}

const innerRadius = ({ sizeM }: Extent): number => Math.min(sizeM[0], sizeM[1]) / 2;

/** The hollow's footprint at the height of its floor; of a drawer, the part that is out of the cabinet. */
function reachableHollow(place: Detection): Extent {
  const { extentInBase: extent } = place;
  const { center, sizeM, yawRad } = extent;
  const floor = topOf(extent) - bottomOf(extent) > 0.02 ? bottomOf(extent) : topOf(extent) - 0.1;
  if (kindOf(place) !== "drawer") return { ...extent, center: [center[0], center[1], floor] };
  const outM = outOfCabinet(place);
  const x = (outM - sizeM[0]) / 2;
  return {
    center: [center[0] + Math.cos(yawRad) * x, center[1] + Math.sin(yawRad) * x, floor],
    sizeM: [outM, sizeM[1], sizeM[2]],
    yawRad,
  };
}

/** The planner's point is a pixel; the spot's height is measured over its whole surroundings. */
function onFreeSpot(point: Vec3, spots: readonly FreeSpot[], grip: Grip): Vec3 {
  const spot = nearest(spots, point);
  if (spot === undefined || flatDistance(spot.positionInBase, point) > Math.max(0.03, spot.clearanceM)) return point;
  const roomy = spot.clearanceM - flatDistance(spot.positionInBase, point) >= grip.footprintRadiusM;
  return roomy ? [point[0], point[1], spot.positionInBase[2]] : spot.positionInBase;
}

function nearest(spots: readonly FreeSpot[], point: Vec3): FreeSpot | undefined {
  return [...spots].sort((a, b) => flatDistance(a.positionInBase, point) - flatDistance(b.positionInBase, point))[0];
}

export interface PlacePose {
  readonly pose: Pose;
  /** Where the thing's underside comes to rest this way. */
  readonly at: Vec3;
  readonly yawRad: number;
  readonly cost: number;
}

/** Beside the spot, metres: where the hand finds no room right above it. */
const ASIDE: readonly (readonly [number, number])[] = [
  [0, 0],
  [-0.03, 0],
  [0, 0.03],
  [0, -0.03],
  [0.03, 0],
];

/**
 * Ways to put a held thing down from above, best first: as low as it goes, the wrist as near to its middle as may be; then
 * turned, a little aside, or from a little higher where the destination allows a drop.
 */
export function placePoses(spot: PlaceSpot, grip: Grip, mount: Vec3): readonly PlacePose[] {
  const azimuth = Math.atan2(spot.at[1] - mount[1], spot.at[0] - mount[0]);
  const drops = [0, 0.4, 0.7, 1].map((part) => part * spot.maxDropM);
  const yaws = [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => wrap(grip.yawRad + (eighth * Math.PI) / 4));
  const asides = spot.exact ? ASIDE.slice(0, 1) : ASIDE;
  return asides
    .flatMap(([dx, dy]) =>
      drops.flatMap((dropM) =>
        yaws.map((yawRad): PlacePose => {
          const at: Vec3 = [spot.at[0] + dx, spot.at[1] + dy, spot.at[2]];
          const z = Math.max(at[2] + grip.bottomBelowToolM + CLEARANCES.releaseM, spot.leastToolZ ?? -Infinity) + dropM;
          const wristRad = Math.abs(wrap(yawRad - (azimuth - Math.PI / 2)));
          const cost = wristRad * 0.1 + dropM * 6 + Math.hypot(dx, dy) * 8;
          return { pose: topDownPose([at[0], at[1], z], yawRad), at, yawRad, cost };
        }),
      ),
    )
    .sort((a, b) => a.cost - b.cost);
}
