import type { Pose } from "../geometry/pose.js";
import { angleBetween, slerp } from "../geometry/quaternion.js";
import { distance, interpolate } from "../geometry/vec3.js";
import { ok, type Result } from "../result.js";
import { chainOf, writeFrame } from "./chain.js";
import { toolPose } from "./forward-kinematics.js";
import { descend } from "./ik-step.js";
import { ikWorkOf, inverseKinematics, type ReachFailure } from "./inverse-kinematics.js";
import type { RobotModel } from "./robot-model.js";

/** Spacing of waypoints along a tool path. Whoever checks or carries out a path uses this one, so that both see the same path. */
export const TOOL_PATH_STEP_M = 0.01;
const STEP_RAD = 0.06;
/** Spacing of waypoints along a joint-space path, rad or m of the joint that moves most. */
export const JOINT_PATH_STEP = 0.05;
/** A larger joint change between neighbouring waypoints is a jump: the tool would leave the line between them. */
const MAX_JUMP = 0.12;
const MAX_HALVINGS = 4;

export interface ToolPath {
  /** `straight`: the tool keeps to the line. `joint`: the line cannot be followed, so the joints go straight to the goal instead. */
  readonly kind: "straight" | "joint";
  /** Joint positions, the present ones first, the goal's last. Between waypoints the joints move in proportion. */
  readonly waypoints: readonly (readonly number[])[];
  /** Share of the line (0 to 1) that could be followed; less than 1 only for `joint`. */
  readonly followed: number;
}

/**
 * Path of the arm for `moveTool`: a straight line of the tool centre point in the base frame, orientation along the shorter arc.
 * Where limits or a singularity break the line, a joint-space line to the goal. Deterministic: whoever plans from the
 * same positions gets the same path.
 */
export function planToolPath(
  model: RobotModel,
  fromPositions: readonly number[],
  toPose: Pose,
  options: { readonly stepM?: number } = {},
): Result<ToolPath, ReachFailure> {
  const from = toolPose(model, fromPositions);
  const steps = Math.max(
    1,
    Math.ceil(distance(from.position, toPose.position) / (options.stepM ?? TOOL_PATH_STEP_M)),
    Math.ceil(angleBetween(from.orientation, toPose.orientation) / STEP_RAD),
  );
  const line: Line = {
    steps,
    poseAt: (fraction) => ({
      position: interpolate(from.position, toPose.position, fraction),
      orientation: slerp(from.orientation, toPose.orientation, fraction),
    }),
  };
  const middle = model.joints.map((joint) => (joint.lower + joint.upper) / 2);
  const plain = followLine(model, fromPositions, line, { preferred: middle, pullGain: 0.01 });
  if (plain.followed === 1) return ok({ kind: "straight", ...plain });

  const goal = inverseKinematics(model, toPose, { seed: fromPositions });
  if (!goal.ok) return goal;
  // The line may only have led into a limit; drawn to the goal's posture on the way, the arm often gets through.
  const drawn = followLine(model, fromPositions, line, { preferred: goal.value, pullGain: 0.2 });
  if (drawn.followed === 1) return ok({ kind: "straight", ...drawn });
  return ok({
    kind: "joint",
    waypoints: jointPath(fromPositions, goal.value),
    followed: Math.max(plain.followed, drawn.followed),
  });
}

interface Line {
  readonly steps: number;
  readonly poseAt: (fraction: number) => Pose;
}

/** What spare freedom is used for along a line. */
interface Posture {
  readonly preferred: readonly number[];
  /** Share of the way to it per waypoint. */
  readonly pullGain: number;
}

/** Waypoints along the line as far as it can be followed without a jump. */
function followLine(
  model: RobotModel,
  from: readonly number[],
  line: Line,
  posture: Posture,
): { readonly waypoints: readonly number[][]; readonly followed: number } {
  const waypoints: number[][] = [Array.from(from)];
  const advance = (start: number, end: number, halvings: number): boolean => {
    const last = waypoints[waypoints.length - 1];
    const next = continueTo(model, last, line.poseAt(end), posture);
    if (next !== undefined && largestChange(last, next) <= MAX_JUMP) {
      waypoints.push(next);
      return true;
    }
    // Where the joints have to hurry, smaller steps keep the tool on the line.
    if (next === undefined || halvings >= MAX_HALVINGS) return false;
    const middle = (start + end) / 2;
    return advance(start, middle, halvings + 1) && advance(middle, end, halvings + 1);
  };
  for (let i = 1; i <= line.steps; i++) {
    if (!advance((i - 1) / line.steps, i / line.steps, 0)) return { waypoints, followed: (i - 1) / line.steps };
  }
  return { waypoints, followed: 1 };
}

/** The neighbouring solution for a neighbouring pose. */
function continueTo(
  model: RobotModel,
  from: readonly number[],
  target: Pose,
  { preferred, pullGain }: Posture,
): number[] | undefined {
  const chain = chainOf(model);
  const work = ikWorkOf(chain);
  writeFrame(target, work.target, 0);
  work.q.set(from);
  work.preferred.set(preferred);
  // Finer than the goal's own tolerance: errors of neighbouring waypoints show as a tremble of the speed.
  const found = descend(chain, work, { toleranceM: 2e-6, toleranceRad: 2e-5, iterations: 12, pulled: 1, pullGain });
  return found ? Array.from(work.q) : undefined;
}

/** Straight line in joint space, both ends included, waypoints no further apart than `stepRad` in any joint. */
export function jointPath(
  from: readonly number[],
  to: readonly number[],
  options: { readonly stepRad?: number } = {},
): number[][] {
  const steps = Math.max(1, Math.ceil(largestChange(from, to) / (options.stepRad ?? JOINT_PATH_STEP)));
  return Array.from({ length: steps + 1 }, (_, i) => from.map((v, k) => v + ((to[k] - v) * i) / steps));
}

/** Largest change of any joint between two sets of positions. */
export function largestChange(a: readonly number[], b: readonly number[]): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
