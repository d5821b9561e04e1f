import type { Pose, Pose2d } from "../domain/geometry/pose.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { toolPose } from "../domain/kinematics/forward-kinematics.js";
import type { LinkCapsule, RobotModel } from "../domain/kinematics/robot-model.js";
import { jointPath, planToolPath } from "../domain/kinematics/tool-path.js";
import { fail, ok, type Failure, type Result } from "../domain/result.js";
import type { RobotState } from "../domain/robot-state.js";
import type { MotionFailure } from "../ports/robot.js";
import { sweepBase } from "./base-sweep.js";
import { zonesInBase } from "./keep-out.js";
import type { SafetyLimits } from "./limits.js";
import { sweep, type SweepVerdict } from "./sweep.js";

/** A motion found free: how near it comes to a keep-out box (Infinity without boxes). */
export interface FreeMotion {
  readonly clearanceM: number;
}
export type MotionVerdict = Result<FreeMotion, MotionFailure>;
/** Work that pauses now and then, so that checking never holds up a stop. */
export type MotionCheck = Generator<void, MotionVerdict, void>;

export interface MotionContext {
  readonly model: RobotModel;
  readonly limits: SafetyLimits;
  readonly state: RobotState;
  readonly load: readonly LinkCapsule[];
}

/** How far a tool may be measured outside the workspace box before it counts as outside: settling and rounding. */
const WORKSPACE_SLACK_M = 0.001;

/** Judges the very path that `moveTool` takes from the present joint positions. */
export function* checkToolMotion(target: Pose, context: MotionContext): MotionCheck {
  const { model, limits, state } = context;
  const outside = workspaceExcess(target.position, limits);
  if (outside !== undefined) return outside;
  const path = planToolPath(model, state.jointPositions, target);
  if (!path.ok) return path;
  yield;
  return yield* checkWaypoints(path.value.waypoints, context);
}

/** Judges the line in joint space that `moveJoints` takes. */
export function* checkJointMotion(positions: readonly number[], context: MotionContext): MotionCheck {
  const { joints } = context.model;
  if (positions.length !== joints.length) {
    return fail("bad-action", `Expected ${joints.length} joint positions, found ${positions.length}.`, {
      bound: joints.length,
      value: positions.length,
    });
  }
  for (const [i, joint] of joints.entries()) {
    const value = positions[i];
    if (value >= joint.lower - 1e-6 && value <= joint.upper + 1e-6) continue;
    return fail(
      "joint-limit",
      `Joint ${joint.name} may be ${joint.lower.toFixed(3)} to ${joint.upper.toFixed(3)}; ${value.toFixed(3)} was asked for.`,
      { joint: joint.name, bound: value < joint.lower ? joint.lower : joint.upper, value },
    );
  }
  return yield* checkWaypoints(jointPath(context.state.jointPositions, positions), context);
}

function* checkWaypoints(waypoints: readonly (readonly number[])[], context: MotionContext): MotionCheck {
  const { model, limits, state, load } = context;
  const startsInside = workspaceExcess(toolPose(model, waypoints[0]).position, limits) === undefined;
  for (const waypoint of startsInside ? waypoints : waypoints.slice(-1)) {
    const outside = workspaceExcess(toolPose(model, waypoint).position, limits);
    if (outside !== undefined) return outside;
  }
  const zones = zonesInBase(limits.keepOut, state.basePoseInOdom);
  const verdict = yield* sweep({ model, waypoints, zones, marginM: limits.marginM, load });
  return judged(verdict, limits);
}

/** Judges a drive of the base with the arm held as it is. */
export function checkBaseMotion(to: Pose2d, context: MotionContext): MotionVerdict {
  const { model, limits, state, load } = context;
  const verdict = sweepBase({
    model,
    positions: state.jointPositions,
    from: state.basePoseInOdom,
    to,
    zones: limits.keepOut,
    marginM: limits.marginM,
    load,
  });
  return judged(verdict, limits);
}

function judged(verdict: SweepVerdict, limits: SafetyLimits): MotionVerdict {
  if (verdict.free) return ok({ clearanceM: verdict.clearanceM });
  const { zone, clearanceM, link } = verdict;
  const millimetres = (metres: number): string => `${Math.round(metres * 1000)} mm`;
  return fail(
    "keep-out",
    `The motion comes within ${millimetres(clearanceM)} of "${zone}"; ${millimetres(limits.marginM)} must be kept. Go another way or choose another point.`,
    { zone, bound: limits.marginM, value: clearanceM, link },
  );
}

const AXES = ["x", "y", "z"] as const;

/** The refusal for a point outside the workspace box, or undefined inside. */
export function workspaceExcess(point: Vec3, limits: SafetyLimits): Failure<"outside-workspace"> | undefined {
  const { min, max } = limits.workspace;
  for (const [i, axis] of AXES.entries()) {
    const value = point[i];
    if (value >= min[i] - WORKSPACE_SLACK_M && value <= max[i] + WORKSPACE_SLACK_M) continue;
    return fail(
      "outside-workspace",
      `${axis} may be ${min[i].toFixed(2)} to ${max[i].toFixed(2)} m; ${value.toFixed(3)} m was asked for. Choose a point inside.`,
      { axis, bound: value < min[i] ? min[i] : max[i], value },
    );
  }
  return undefined;
}
