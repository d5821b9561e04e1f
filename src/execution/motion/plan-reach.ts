import { setImmediate as nextTurn } from "node:timers/promises";
import type { Extent } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { inverseKinematics } from "../../domain/kinematics/inverse-kinematics.js";
import type { LinkCapsule, RobotModel } from "../../domain/kinematics/robot-model.js";
import { largestChange, planToolPath } from "../../domain/kinematics/tool-path.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { clearanceOf } from "./obstacles.js";

/** More room than this is worth nothing. */
const CLEAR_M = 0.01;
/** A solution this near to the present positions is taken without looking at others. */
const NEAR_RAD = 3.5;
/** What a radian more to turn is worth in clearance: another bend of the arm sweeps through a lot of room. */
const METRES_PER_RADIAN = 0.004;

/** A way to a series of poses: joints for the first, from which straight lines lead through the others. */
export interface Reach {
  readonly poses: readonly Pose[];
  readonly firstPositions: readonly number[];
  /** Least distance from the obstacles over the straight lines. */
  readonly clearanceM: number;
}

export interface ReachOptions {
  /** Present joint positions: solutions near to them are preferred. */
  readonly from: readonly number[];
  readonly obstacles: readonly Extent[];
  readonly load?: readonly LinkCapsule[];
}

/**
 * Finds joint positions for the first pose from which the arm can follow straight lines to all the others. Moves nothing. Gives
 * the event loop its turn between tries, so that a stop never waits for it.
 */
export async function planReach(
  model: RobotModel,
  poses: readonly Pose[],
  { from, obstacles, load = [] }: ReachOptions,
): Promise<Result<Reach, "out-of-reach" | "joint-limit">> {
  const [first, ...rest] = poses;
  let refusal: Result<Reach, "out-of-reach" | "joint-limit"> = fail("out-of-reach", "There is no pose to reach.");
  let best: { readonly reach: Reach; readonly worth: number } | undefined;
  for (const seed of seedsFor(model, first, from)) {
    await nextTurn();
    const start = inverseKinematics(model, first, { seed });
    if (!start.ok) return start;
    const way = await straightThrough(model, start.value, rest);
    if (!way.ok) {
      refusal = way;
      continue;
    }
    await nextTurn();
    const reach = { poses, firstPositions: start.value, clearanceM: clearanceOf(model, way.value, obstacles, load) };
    const travelRad = largestChange(from, start.value);
    if (reach.clearanceM > CLEAR_M && travelRad < NEAR_RAD) return ok(reach);
    const worth = Math.min(CLEAR_M, reach.clearanceM) - travelRad * METRES_PER_RADIAN;
    if (best === undefined || worth > best.worth) best = { reach, worth };
  }
  return best === undefined ? refusal : ok(best.reach);
}

/** The present positions, then the known good starts (hand down, hand forward ...), as they are and turned to face the pose. */
function seedsFor(model: RobotModel, pose: Pose, from: readonly number[]): readonly (readonly number[])[] {
  const azimuth = Math.atan2(
    pose.position[1] - model.mountInBase.position[1],
    pose.position[0] - model.mountInBase.position[0],
  );
  const { lower, upper } = model.joints[0];
  const facing = Math.min(upper, Math.max(lower, azimuth));
  const turned = model.seedPositions.map((seed) => [facing, ...seed.slice(1)]);
  return [from, ...model.seedPositions, ...turned];
}

async function straightThrough(
  model: RobotModel,
  from: readonly number[],
  poses: readonly Pose[],
): Promise<Result<(readonly number[])[], "out-of-reach" | "joint-limit">> {
  const way: (readonly number[])[] = [from];
  for (const pose of poses) {
    await nextTurn();
    const path = planToolPath(model, way[way.length - 1], pose, { stepM: 0.02 });
    if (!path.ok) return path;
    if (path.value.kind !== "straight") {
      return fail("out-of-reach", "The arm cannot follow the straight line that this needs.", {
        followed: path.value.followed,
        positionInBase: pose.position,
      });
    }
    way.push(...path.value.waypoints.slice(1));
  }
  return ok(way);
}
