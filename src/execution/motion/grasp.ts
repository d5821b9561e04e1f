import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { distance } from "../../domain/geometry/vec3.js";
import { ok, fail, type Failure, type Result } from "../../domain/result.js";
import type { Evidence, FailureCode } from "../../domain/receipt.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { Grip } from "../effect.js";
import { bottomOf, topOf } from "../footprint.js";
import { kindOf, toThing } from "../same-thing.js";
import { EMPTY_WIDTH_M, holdsSomething } from "../verify/verdict.js";
import { createArm, type Arm } from "./arm.js";
import { requireDetection } from "./find-target.js";
import { graspPoses, isRound, type GraspPose } from "./grasp-poses.js";
import { failed, inOrder, isRefusal, type MotionContext, type Performed, type Step } from "./motion-context.js";
import { loadCapsule, obstaclesOf } from "./obstacles.js";
import { planReach, type Reach } from "./plan-reach.js";
import { CLEARANCES, finalSpeedMps, FORCES, SPEEDS } from "./speeds.js";

/** Grasps are tried in order of cost until one is let through; more than this many are not worth the travelling. */
const MOST_TRIES = 3;
const ENOUGH_WAYS = 3;
const CLEAR_M = 0.008;
/** Capsules are rounder than the hand, and boxes are measured roughly: less overlap than this may be none. */
const DOUBTFUL_M = -0.015;
/** Leaving the support is done slowly: that is when a poor grasp slips. */
const FIRST_LIFT_M = 0.04;

/** Takes a thing from above, lifts it and goes to the viewing posture with it. */
export async function grasp(action: Extract<Action, { action: "grasp" }>, context: MotionContext): Promise<Performed> {
  if (context.grip !== undefined) {
    const message = `The hand already holds the ${context.grip.thing.label}; put it down first.`;
    return failed(fail("hand-full", message), { grip: context.grip });
  }
  const found = requireDetection(action.target, context.scene);
  if (!found.ok) return failed(found);
  const arm = createArm(context, [found.value.id]);
  const taken = await take(found.value, context, arm);
  if (!taken.result.ok) return failed(taken.result, taken);
  const grip = taken.result.value;
  const home = await arm.home();
  if (!home.ok) return failed(home, { grip, evidence: taken.evidence });
  const { extentInBase: from, positionInBase: seenAt } = found.value;
  return {
    result: ok(undefined),
    grip,
    effect: { kind: "held", thing: grip.thing, from, seenAt },
    evidence: taken.evidence,
  };
}

export interface Taken {
  readonly result: Result<Grip, FailureCode>;
  /** Set as well when something went wrong with the thing already between the fingers. */
  readonly grip?: Grip;
  readonly evidence: Evidence;
}

/** The grasp itself, ending with the thing lifted clear of everything seen. On failure the hand is open, up and home. */
export async function take(detection: Detection, context: MotionContext, arm: Arm): Promise<Taken> {
  const ways = await graspWays(detection, context);
  if (!ways.ok) return { result: ways, evidence: {} };

  let refusal: Failure<FailureCode> | undefined;
  const blocked: GraspPose[] = [];
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const next = nextWay(ways.value, { attempt, blocked });
    if (next === undefined) break;
    const { grasp: way, reach } = next;
    const reached = await inOrder(
      () => arm.gripper(way.openingM, FORCES.openN),
      () => arm.travel(reach),
      () => arm.straight(way.pose, finalSpeedMps(reach.clearanceM, context.scene.depthSource)),
    );
    if (reached.ok) return closeAndLift(detection, way, context, arm);
    const evidence = { commandedToolPosition: way.pose.position };
    if (reached.code === "not-moved") {
      blocked.push(way);
      await arm.lift();
    } else if (!isRefusal(reached)) return { result: reached, evidence };
    refusal = reached;
    context.note(`Another way to take the ${detection.label}: ${reached.message}`);
  }
  await inOrder(arm.lift, arm.home);
  return { result: refusal ?? tooWide(detection), evidence: {} };
}

/**
 * Fingers that close by more than this around something round while they lift are losing it: it is taken off its middle. A good grip
 * gives way by less than 0.1 mm. What has flat sides may close further and hold well: gripped askew, it turns flat.
 */
const SLIPPING_M = 0.0015;

/** The hand has met something: half a turn brings it to the same place again, and less than this hardly past it. */
const SAME_LINE_RAD = 0.3;
const ASIDE_M = 0.008;

/** The next way in order; after resistance, the next that lays the hand along another line, or else comes down aside. */
function nextWay<Way extends { readonly grasp: GraspPose }>(
  ways: readonly Way[],
  { attempt, blocked }: { readonly attempt: number; readonly blocked: readonly GraspPose[] },
): Way | undefined {
  if (blocked.length === 0) return ways[attempt];
  const differs = (isOther: (way: GraspPose, met: GraspPose) => boolean): Way | undefined =>
    ways.find(({ grasp: way }) => blocked.every((met) => isOther(way, met)));
  const isOtherLine = (way: GraspPose, met: GraspPose): boolean =>
    Math.abs(Math.sin(way.yawRad - met.yawRad)) > Math.sin(SAME_LINE_RAD);
  const isAside = (way: GraspPose, met: GraspPose): boolean =>
    isOtherLine(way, met) || distance(way.pose.position, met.pose.position) > ASIDE_M;
  return differs(isOtherLine) ?? differs(isAside);
}

async function closeAndLift(detection: Detection, way: GraspPose, { robot }: MotionContext, arm: Arm): Promise<Taken> {
  const closed = await arm.gripper(0, FORCES.graspN);
  if (!closed.ok) return { result: closed, evidence: {} };
  const { toolPoseInBase } = await arm.state();
  const [x, y, z] = toolPoseInBase.position;
  const evidence: Evidence = {
    gripperWidthM: closed.value.widthM,
    commandedToolPosition: way.pose.position,
    actualToolPosition: toolPoseInBase.position,
  };
  const widthMm = Math.round(closed.value.widthM * 1000);
  if (closed.value.widthM <= EMPTY_WIDTH_M) {
    await inOrder(arm.open, arm.lift, arm.home);
    const message = `The gripper closed to ${widthMm} mm: there was nothing between the fingers.`;
    return { result: fail("nothing-grasped", message), evidence };
  }
  const grip = gripOn(detection, way, { toolZ: z, widthM: closed.value.widthM });
  arm.carry([loadCapsule(robot.model, grip.bottomBelowToolM, 0.03)], grip.bottomBelowToolM);
  const off = { ...toolPoseInBase, position: [x, y, z + FIRST_LIFT_M] as const };
  const lifted = await inOrder(() => arm.straight(off, SPEEDS.nearMps), arm.lift);
  if (!lifted.ok && lifted.code === "not-moved") {
    // What does not come up is let go where it stands: the arm would drag it along, or lose it on the way.
    arm.carry([], 0);
    await inOrder(arm.open, arm.lift, arm.home);
    const message = `The ${detection.label} does not come up: it is too heavy, or something holds it.`;
    return { result: fail("not-moved", message), evidence };
  }
  if (!lifted.ok) return { result: lifted, grip, evidence };
  const state = await arm.state();
  if (!holdsSomething(state)) {
    arm.carry([], 0);
    await inOrder(arm.open, arm.home);
    const message = `The ${detection.label} slipped out of the gripper while it was lifted.`;
    return { result: fail("dropped", message), evidence: { ...evidence, gripperWidthM: state.gripper.widthM } };
  }
  const isSlipping = isRound(detection) && closed.value.widthM - state.gripper.widthM > SLIPPING_M;
  if (isSlipping && (await putBack(state, z + CLEARANCES.releaseM, arm)).ok) {
    const message = `The ${detection.label} was slipping through the fingers; it is back where it was.`;
    return { result: fail("dropped", message), evidence: { ...evidence, gripperWidthM: state.gripper.widthM } };
  }
  return { result: ok(grip), evidence: { ...evidence, gripperWidthM: state.gripper.widthM } };
}

/** Straight down to where it was taken, and out of the way. Where the arm cannot go down the fingers stay closed. */
async function putBack({ toolPoseInBase: tool }: RobotState, toolZ: number, arm: Arm): Promise<Step> {
  const [x, y] = tool.position;
  const lowered = await arm.straight({ ...tool, position: [x, y, toolZ] }, SPEEDS.loadedMps);
  if (!lowered.ok) return lowered;
  const opened = await arm.open();
  if (!opened.ok) return opened;
  arm.carry([], 0);
  await inOrder(arm.lift, arm.home);
  return ok(undefined);
}

function gripOn(
  detection: Detection,
  way: GraspPose,
  { toolZ, widthM }: { readonly toolZ: number; readonly widthM: number },
): Grip {
  const { extentInBase: extent } = detection;
  return {
    thing: toThing(detection),
    bottomBelowToolM: Math.max(0.005, toolZ - bottomOf(extent)),
    footprintRadiusM: Math.hypot(extent.sizeM[0], extent.sizeM[1]) / 2,
    yawRad: way.yawRad,
    widthM,
  };
}

/** Grasps that the arm can reach in straight lines, those that stay clear of other things first, then by cost. */
async function graspWays(
  detection: Detection,
  context: MotionContext,
): Promise<Result<readonly { readonly grasp: GraspPose; readonly reach: Reach }[], FailureCode>> {
  const { robot, scene } = context;
  const { model } = robot;
  const { jointPositions } = await robot.state();
  const obstacles = obstaclesOf(scene, [detection.id]);
  const mount = model.mountInBase.position;
  const candidates = graspPoses(detection, { maxWidthM: model.gripper.maxWidthM, mount });
  if (candidates.length === 0) return tooWide(detection);

  let refusal: Failure<FailureCode> | undefined;
  const ways: { grasp: GraspPose; reach: Reach }[] = [];
  for (const candidate of candidates) {
    const pre = preGrasp(candidate.pose, topOf(detection.extentInBase));
    const reach = await planReach(model, [pre, candidate.pose], { from: jointPositions, obstacles });
    if (reach.ok) ways.push({ grasp: candidate, reach: reach.value });
    else refusal = reach;
    // The search is not free, and the natural ways come first.
    if (ways.length >= ENOUGH_WAYS && ways.some((way) => way.reach.clearanceM > CLEAR_M)) break;
  }
  if (ways.length === 0 && refusal !== undefined) return refusal;
  const risk = ({ grasp: { cost }, reach: { clearanceM } }: (typeof ways)[number]): number =>
    cost + Math.max(0, CLEAR_M - clearanceM) * 60;
  // Where everything is tight, the roomiest ways are worth a try; much tighter ones would only push things about.
  const roomiestM = Math.max(...ways.map(({ reach: { clearanceM } }) => clearanceM));
  const leastM = Math.min(DOUBTFUL_M, roomiestM - 0.01);
  return ok(ways.filter(({ reach: { clearanceM } }) => clearanceM >= leastM).sort((a, b) => risk(a) - risk(b)));
}

/** Straight above the grasp, with the fingertips clear of the thing's top. */
export function preGrasp(pose: Pose, topM: number): Pose {
  const [x, y, z] = pose.position;
  return { ...pose, position: [x, y, Math.max(z + CLEARANCES.approachM, topM + 0.04)] };
}

const tooWide = (detection: Detection): Failure<FailureCode> =>
  fail("unsupported", `The ${kindOf(detection)} is too wide for the gripper.`, { sizeM: detection.extentInBase.sizeM });
