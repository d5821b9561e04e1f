import type { Destination, Placement } from "../../domain/action.js";
import type { Extent } from "../../domain/detection.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";
import type { Pose } from "../../domain/geometry/pose.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { FreeSpot, Scene } from "../../domain/scene.js";
import type { Grip } from "../effect.js";
import { bottomOf, depthInFootprint, flatDistance, topOf } from "../footprint.js";
import { kindOf } from "../same-thing.js";
import { findDetection, pointOf } from "./find-target.js";
import { wrap } from "./grasp-poses.js";
import { CLEARANCES } from "./speeds.js";

/** Where a held thing goes. */
export interface PlaceSpot {
  /** Where its underside will come to rest, base frame. */
  readonly at: Vec3;
  readonly placement: Placement;
  /** The container or surface meant, for `in` and `on`. */
  readonly destination?: Extent;
  /** How far the thing may be let fall where the hand cannot go all the way down: into basins and bowls. */
  readonly maxDropM: number;
  /** Detection ids that are allowed to be close: the destination itself. */
  readonly near: readonly string[];
}

const HOLLOW: ReadonlySet<string> = new Set(["sink", "bowl", "drawer"]);

/** From a planner's destination to a point in metres: the middle of what it names, or the free spot that it points at. */
export function placeSpot(to: Destination, scene: Scene, grip: Grip): PlaceSpot {
  const point = pointOf(to, scene);
  const detection = findDetection(to, scene);
  const placement = to.placement ?? "at";
  const nearIds = detection === undefined ? [] : [detection.id];
  if (detection === undefined || placement === "at" || placement === "beside") {
    const at = onFreeSpot(point, scene.freeSpots, grip);
    return { at, placement, maxDropM: 0.01, near: [] };
  }
  const extent = detection.extentInBase;
  if (HOLLOW.has(kindOf(detection))) {
    const deep = topOf(extent) - bottomOf(extent) > 0.02;
    const floor = deep ? bottomOf(extent) : topOf(extent) - 0.1;
    const at = inHollow(kindOf(detection), extent, { point, floor });
    const drop = kindOf(detection) === "drawer" ? 0.06 : 0.1;
    return { at, placement, destination: extent, maxDropM: drop, near: nearIds };
  }
  // A board or a zone: the roomiest spot on it that was measured as free, else its middle.
  const spots = scene.freeSpots.filter((spot) => depthInFootprint(extent, spot.positionInBase) > 0.02);
  const fitting = spots.filter((spot) => spot.clearanceM >= Math.min(grip.footprintRadiusM, 0.06));
  const pointed = depthInFootprint(extent, point) > 0.02 && spots.length === 0 ? point : undefined;
  const chosen =
    nearest(fitting.length > 0 ? fitting : spots, extent.center)?.positionInBase ?? pointed ?? extent.center;
  return { at: [chosen[0], chosen[1], topOf(extent)], placement, destination: extent, maxDropM: 0.02, near: nearIds };
}

/** Middle of a basin or bowl; in a drawer, the part of the tray that is out of the cabinet, clear of the front. */
function inHollow(kind: string, extent: Extent, { point, floor }: { point: Vec3; floor: number }): Vec3 {
  if (kind === "drawer" && depthInFootprint(extent, point) > 0.06 && point[2] < floor + 0.03) {
    return [point[0], point[1], floor];
  }
  return [extent.center[0], extent.center[1], floor];
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
  readonly yawRad: number;
  readonly cost: number;
}

/**
 * Ways to put a held thing down from above, best first: as low as it goes, the wrist as near to its middle as may be;
 * then from a little higher where the destination allows a drop.
 */
export function placePoses(spot: PlaceSpot, grip: Grip, mount: Vec3): readonly PlacePose[] {
  const azimuth = Math.atan2(spot.at[1] - mount[1], spot.at[0] - mount[0]);
  const drops = [0, 0.4, 0.7, 1].map((part) => part * spot.maxDropM);
  const yaws = [0, 1, 2, 3].map((quarter) => wrap(grip.yawRad + (quarter * Math.PI) / 2));
  return drops
    .flatMap((dropM) =>
      yaws.map((yawRad) => {
        const z = spot.at[2] + grip.bottomBelowToolM + CLEARANCES.releaseM + dropM;
        const wristRad = Math.abs(wrap(yawRad - (azimuth - Math.PI / 2)));
        const pose = topDownPose([spot.at[0], spot.at[1], z], yawRad);
        return { pose, yawRad, cost: wristRad * 0.1 + dropM * 6 };
      }),
    )
    .sort((a, b) => a.cost - b.cost);
}
