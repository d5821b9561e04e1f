import type { Action, Destination } from "../../domain/action.js";
import { distance } from "../../domain/geometry/vec3.js";
import { ok, fail, type Failure } from "../../domain/result.js";
import type { Evidence, FailureCode } from "../../domain/receipt.js";
import type { Effect, Grip } from "../effect.js";
import { topOf } from "../footprint.js";
import { holdsSomething } from "../verify/verdict.js";
import { createArm, type Arm } from "./arm.js";
import { requireDetection } from "./find-target.js";
import { take } from "./grasp.js";
import { failed, inOrder, isRefusal, type MotionContext, type Performed } from "./motion-context.js";
import { loadCapsule, obstaclesOf } from "./obstacles.js";
import { placePoses, placeSpot, type PlacePose, type PlaceSpot } from "./place-pose.js";
import { planReach, type Reach } from "./plan-reach.js";
import { CLEARANCES, finalSpeedMps, FORCES, SPEEDS } from "./speeds.js";

const MOST_TRIES = 3;
/** Ways whose room is measured before the best of them is taken. */
const MOST_LOOKED_AT = 40;
/** Release heights are lower than this above what is below, so the load's own clearance is no more. */
const CLEAR_M = 0.004;
const TOUCHED_DOWN_M = 0.05;

/** Puts down what is held. */
export async function place(action: Extract<Action, { action: "place" }>, context: MotionContext): Promise<Performed> {
  const { grip } = context;
  if (grip === undefined) return failed(fail("hand-empty", "There is nothing in the hand to put down."));
  const arm = createArm(context, []);
  arm.carry([loadCapsule(context.robot.model, grip.bottomBelowToolM, 0.03)], grip.bottomBelowToolM);
  return putDown(action.to, grip, context, arm);
}

/** Takes a thing, unless it is held already, and puts it down elsewhere. */
export async function move(action: Extract<Action, { action: "move" }>, context: MotionContext): Promise<Performed> {
  const { grip, scene } = context;
  const found = requireDetection(action.from, scene);
  const isHeld =
    grip !== undefined &&
    (!found.ok ||
      found.value.held === true ||
      found.value.id === grip.thing.detectionId ||
      grip.thing.label === action.from.label);
  if (isHeld) return place({ action: "place", to: action.to }, context);
  if (grip !== undefined) {
    const message = `The hand holds the ${grip.thing.label}, not the ${action.from.label}; put it down first.`;
    return failed(fail("hand-full", message), { grip });
  }
  if (!found.ok) return failed(found);
  const arm = createArm(context, [found.value.id]);
  const taken = await take(found.value, context, arm);
  if (!taken.result.ok) return failed(taken.result, taken);
  const moved = await putDown(action.to, taken.result.value, context, arm);
  return { ...moved, evidence: { ...taken.evidence, ...moved.evidence } };
}

async function putDown(to: Destination, grip: Grip, context: MotionContext, arm: Arm): Promise<Performed> {
  const spot = placeSpot(to, context.scene, grip);
  const ways = await placeWays(spot, grip, context);
  if (ways.length === 0) {
    await arm.home();
    return failed(fail("out-of-reach", `No way to put the ${grip.thing.label} down there is in the arm's reach.`), {
      grip,
    });
  }
  let refusal: Failure<FailureCode> | undefined;
  for (const { place: way, reach } of ways.slice(0, MOST_TRIES)) {
    const reached = await inOrder(
      () => arm.travel(reach),
      () => arm.straight(way.pose, finalSpeedMps(reach.clearanceM, context.scene.depthSource)),
    );
    if (reached.ok || (await isLowEnough(reached, { way, spot }, arm)))
      return letGo({ spot, way, maxWidthM: context.robot.model.gripper.maxWidthM }, grip, arm);
    if (reached.code === "not-moved") await arm.lift();
    else if (!isRefusal(reached))
      return failed(reached, { grip, evidence: { commandedToolPosition: way.pose.position } });
    refusal = reached;
    context.note(`Another way to put the ${grip.thing.label} down: ${reached.message}`);
  }
  await inOrder(arm.lift, arm.home);
  return failed(refusal ?? fail("out-of-reach", "No way to put it down was found."), { grip });
}

/** Resistance close above the place is the thing touching down, or the hand meeting a wall where a short fall will do. */
async function isLowEnough(
  result: Failure<FailureCode>,
  { way, spot }: { readonly way: PlacePose; readonly spot: PlaceSpot },
  arm: Arm,
): Promise<boolean> {
  if (result.code !== "not-moved") return false;
  const { toolPoseInBase } = await arm.state();
  return distance(toolPoseInBase.position, way.pose.position) < Math.max(TOUCHED_DOWN_M, spot.maxDropM);
}

async function letGo(
  { spot, way, maxWidthM }: { readonly spot: PlaceSpot; readonly way: PlacePose; readonly maxWidthM: number },
  grip: Grip,
  arm: Arm,
): Promise<Performed> {
  const before = await arm.state();
  const evidence: Evidence = {
    commandedToolPosition: way.pose.position,
    actualToolPosition: before.toolPoseInBase.position,
    expectedAt: way.at,
  };
  if (!holdsSomething(before)) {
    arm.carry([], 0);
    await inOrder(arm.open, arm.lift, arm.home);
    return failed(fail("dropped", `The ${grip.thing.label} was lost on the way.`), { evidence });
  }
  const { position } = way.pose;
  const retreat = { ...way.pose, position: [position[0], position[1], position[2] + CLEARANCES.approachM] as const };
  // All the way: a round thing is wider than where the fingers held it. Not so above a bowl, whose rim wide fingers would catch.
  const opened =
    spot.leastToolZ === undefined
      ? await arm.open()
      : await arm.gripper(Math.min(maxWidthM, before.gripper.widthM + CLEARANCES.openingM), FORCES.openN);
  if (!opened.ok) return failed(opened, { grip, evidence });
  arm.carry([], 0);
  const left = await inOrder(() => arm.straight(retreat, SPEEDS.nearMps), arm.lift, arm.home);
  const effect: Effect = {
    kind: "placed",
    thing: grip.thing,
    at: way.at,
    placement: spot.placement,
    ...(spot.destination && { destination: spot.destination }),
  };
  // The thing is down whatever the arm does next; verification says where.
  if (!left.ok && !isRefusal(left)) return failed(left, { evidence });
  return { result: ok(undefined), effect, evidence };
}

async function placeWays(spot: PlaceSpot, grip: Grip, { robot, scene }: MotionContext) {
  const { model } = robot;
  const { jointPositions } = await robot.state();
  const obstacles = obstaclesOf(scene, [...spot.near, ...(grip.thing.detectionId ? [grip.thing.detectionId] : [])]);
  const load = [loadCapsule(model, grip.bottomBelowToolM, Math.min(0.03, grip.footprintRadiusM))];
  const clearZ = (spot.destination === undefined ? spot.at[2] : topOf(spot.destination)) + grip.bottomBelowToolM + 0.04;
  const ways: { place: PlacePose; reach: Reach }[] = [];
  for (const candidate of placePoses(spot, grip, model.mountInBase.position)) {
    const [x, y, z] = candidate.pose.position;
    const pre = { ...candidate.pose, position: [x, y, Math.max(z + CLEARANCES.approachM, clearZ)] as const };
    const reach = await planReach(model, [pre, candidate.pose], { from: jointPositions, obstacles, load });
    if (reach.ok) ways.push({ place: candidate, reach: reach.value });
    const clear = ways.filter(({ reach: { clearanceM } }) => clearanceM > CLEAR_M).length;
    if (clear >= 2 || ways.length >= MOST_LOOKED_AT) break;
  }
  const risk = ({ place: { cost }, reach: { clearanceM } }: (typeof ways)[number]): number =>
    cost + Math.max(0, CLEAR_M - clearanceM) * 60;
  return ways.sort((a, b) => risk(a) - risk(b));
}
