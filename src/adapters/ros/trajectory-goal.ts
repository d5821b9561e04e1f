import type { TimedPath } from "../../domain/kinematics/index.js";
import type { RosMessage, RosVersion } from "./ros-types.js";
import { rosHeader, rosTime } from "./stamps.js";

/** Spacing of the points that a controller gets; between them it interpolates cubically. */
const STEP_S = 0.05;
const MAX_POINTS = 400;

/** A FollowJointTrajectory goal of a timed path, with velocities, at rest at both ends. */
export function trajectoryGoal(version: RosVersion, joints: readonly string[], path: TimedPath): RosMessage {
  const steps = Math.max(1, Math.min(MAX_POINTS, Math.ceil(path.durationS / STEP_S)));
  const step = Math.max(path.durationS, 0.02) / steps;
  // The present position is left out: a point at time 0 is in the past when it arrives, which controllers refuse.
  const points = Array.from({ length: steps }, (_, i) => {
    const timeS = (i + 1) * step;
    const positions = path.positionsAt(timeS);
    const before = path.positionsAt(timeS - step / 2);
    const after = path.positionsAt(timeS + step / 2);
    return {
      positions,
      velocities: i === steps - 1 ? positions.map(() => 0) : after.map((q, k) => (q - before[k]) / step),
      accelerations: [],
      effort: [],
      time_from_start: rosTime(version, timeS * 1000),
    };
  });
  return {
    // Stamp 0 is "now" by the robot's own clock, whatever this machine's says.
    trajectory: { header: rosHeader(version, 0), joint_names: joints, points },
    path_tolerance: [],
    goal_tolerance: [],
    goal_time_tolerance: rosTime(version, 1_000),
  };
}

/** How long a trajectory may take in all before it is given up, ms. */
export const finishTimeoutMs = (path: TimedPath, patience: number): number =>
  (path.durationS * 1_500 + 3_000) * patience;
