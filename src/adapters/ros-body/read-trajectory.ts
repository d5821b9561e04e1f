import { fail, ok, type Result } from "../../domain/result.js";
import type { RosMessage } from "../ros/ros-types.js";
import type { JointTrajectory } from "./served-body.js";

export interface TrajectoryJoint {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
  /** Absent: any. */
  readonly maxSpeed?: number;
}

/** `error_code` of FollowJointTrajectory's result. */
export const TRAJECTORY_ERROR = {
  successful: 0,
  invalidGoal: -1,
  invalidJoints: -2,
  oldStamp: -3,
  pathTolerance: -4,
  goalTolerance: -5,
} as const;
export type TrajectoryFault = "invalidGoal" | "invalidJoints";

/** A first point at time 0 may be so far from where the joints are, radians. */
const START_TOLERANCE_RAD = 0.1;
/** Mean speeds between points may exceed the limits by rounding only. */
const SPEED_SLACK = 1.05;
const MAX_POINTS = 5_000;

/**
 * The joints of a goal in the controller's order, starting where they are now. Everything about a goal is checked before anything
 * moves: names, counts, limits, times, speeds.
 */
export function readTrajectory(
  goal: RosMessage,
  joints: readonly TrajectoryJoint[],
  now: readonly number[],
): Result<JointTrajectory, TrajectoryFault> {
  const trajectory = (goal.trajectory ?? {}) as RosMessage;
  const names = Array.isArray(trajectory.joint_names) ? trajectory.joint_names.map(String) : [];
  const order = joints.map(({ name }) => names.indexOf(name));
  if (order.includes(-1) || names.length !== joints.length) {
    return fail(
      "invalidJoints",
      `Expected the joints ${joints.map(({ name }) => name).join(", ")}; found ${names.join(", ") || "none"}.`,
    );
  }
  const points = Array.isArray(trajectory.points) ? (trajectory.points as RosMessage[]) : [];
  if (points.length === 0 || points.length > MAX_POINTS) {
    return fail("invalidGoal", `Expected 1 to ${MAX_POINTS} points, found ${points.length}.`);
  }
  const waypoints: number[][] = [];
  const timesS: number[] = [];
  for (const [i, point] of points.entries()) {
    const given = Array.isArray(point.positions) ? (point.positions as unknown[]) : [];
    const positions = order.map((at) => given[at]);
    const timeS = durationS(point.time_from_start);
    if (given.length !== joints.length || !positions.every((value): value is number => Number.isFinite(value))) {
      return fail(
        "invalidGoal",
        `Expected ${joints.length} finite positions at point ${i}, found ${JSON.stringify(given)}.`,
      );
    }
    if (timeS === undefined || timeS < 0 || timeS <= (timesS.at(-1) ?? -1)) {
      return fail("invalidGoal", `Expected rising times from the start, found ${timeS ?? "none"} s at point ${i}.`);
    }
    const beyond = joints.findIndex(({ lower, upper }, k) => positions[k] < lower || positions[k] > upper);
    if (beyond >= 0) {
      const { name, lower, upper } = joints[beyond];
      return fail("invalidGoal", `${name} goes from ${lower} to ${upper}; point ${i} asks for ${positions[beyond]}.`);
    }
    waypoints.push(positions);
    timesS.push(timeS);
  }
  if (timesS[0] === 0) {
    const away = Math.max(...now.map((position, k) => Math.abs(position - waypoints[0][k])));
    if (away > START_TOLERANCE_RAD) {
      return fail("invalidGoal", `The first point, due at once, is ${away.toFixed(2)} rad from where the joints are.`);
    }
    waypoints[0] = [...now];
  } else {
    waypoints.unshift([...now]);
    timesS.unshift(0);
  }
  const fast = tooFast(joints, waypoints, timesS);
  return fast === undefined ? ok({ waypoints, timesS }) : fail("invalidGoal", fast);
}

function tooFast(
  joints: readonly TrajectoryJoint[],
  waypoints: readonly (readonly number[])[],
  timesS: readonly number[],
): string | undefined {
  for (let i = 1; i < waypoints.length; i++) {
    for (const [k, { name, maxSpeed = Infinity }] of joints.entries()) {
      // Where the joints are now is measured, so the first stretch may ask for a little more.
      const allowed = maxSpeed * SPEED_SLACK * (timesS[i] - timesS[i - 1]) + (i === 1 ? 0.02 : 0);
      if (Math.abs(waypoints[i][k] - waypoints[i - 1][k]) > allowed) {
        return `${name} turns at ${maxSpeed} rad/s at most; the way to point ${i} at ${timesS[i].toFixed(3)} s asks for more.`;
      }
    }
  }
  return undefined;
}

/** Seconds of a ROS duration of either version. */
function durationS(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { sec, secs, nanosec, nsecs } = value as Record<string, unknown>;
  const seconds = sec ?? secs;
  const nanoseconds = nanosec ?? nsecs ?? 0;
  if (typeof seconds !== "number" || typeof nanoseconds !== "number") return undefined;
  const total = seconds + nanoseconds / 1e9;
  return Number.isFinite(total) ? total : undefined;
}
