import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { add, dot, scale, subtract, type Vec3 } from "../../domain/geometry/vec3.js";
import { turnHalf } from "../../domain/kinematics/tool-pose.js";
import { ok, fail, type Failure, type Result } from "../../domain/result.js";
import type { Evidence, FailureCode } from "../../domain/receipt.js";
import { kindOf } from "../same-thing.js";
import { EMPTY_WIDTH_M } from "../verify/verdict.js";
import { createArm, type Arm } from "./arm.js";
import { requireDetection } from "./find-target.js";
import { handleOf, handlePull, type HandlePull } from "./handle-pull.js";
import { failed, inOrder, isRefusal, type MotionContext, type Performed, type Step } from "./motion-context.js";
import { groundOf, obstaclesOf } from "./obstacles.js";
import { planReach, type Reach } from "./plan-reach.js";
import { FORCES, SPEEDS } from "./speeds.js";

const OPEN_BY_M = 0.19;
/** An ajar drawer has already come some of the way. */
const OPEN_AJAR_BY_M = 0.14;
const CLOSE_BY_M = 0.24;
/** A drawer that is open by less than it can be stops the hand sooner; this much is made sure of. */
const CLOSE_SURELY_M = 0.18;
/** Drawers are moved in short strokes, so that the arm stops pushing soon after the drawer has stopped; a shut one stops hard. */
const STROKE_M = { open: 0.04, close: 0.015 } as const;
/** A stroke that brings the hand on by less than this part of it has met something. */
const PROGRESS_PART = 0.5;
/** It takes two: a drawer may also stick, or the fingers slide along the bar and then take it along. */
const ENOUGH_STUCK = 2;
const ALL_THE_WAY_M = 0.001;
/** Pressed on, fingers stick to the bar and take the drawer along: the hand eases off before it opens. */
const EASE_M = 0.006;
const BACK_OFF_M = 0.07;
const FREE_M = 0.2;
const HANDLE_OPENING_M = 0.06;
/** More room than this around the bent wrist decides nothing between two ways of holding the hand. */
const WRIST_ROOM_M = 0.02;

/** Opens a drawer by its handle, or closes it: grip, move in a straight line until enough or until it stops, let go, back off. */
export async function moveDrawer(
  action: Extract<Action, { action: "open" | "close" }>,
  context: MotionContext,
): Promise<Performed> {
  const { grip, scene, robot } = context;
  if (grip !== undefined) {
    const message = `The hand holds the ${grip.thing.label}; put it down first.`;
    return failed(fail("hand-full", message), { grip });
  }
  const found = requireDetection(action.target, scene);
  if (!found.ok) return failed(found);
  const handle = handleOf(found.value, scene);
  if (handle === undefined) {
    return failed(fail("not-visible", `No handle is seen in front of the ${found.value.label}.`));
  }
  const ownIds = [found.value.id, handle.id];
  const arm = createArm(context, ownIds);
  const opens = action.action === "open";
  const travelM = opens ? (stateOf(found.value) === "ajar" ? OPEN_AJAR_BY_M : OPEN_BY_M) : -CLOSE_BY_M;
  const pull = handlePull(handle, found.value, robot.model.mountInBase.position);
  const reached = await reachHandle(
    { pull, travelM: opens ? travelM : -CLOSE_SURELY_M, label: found.value.label, ownIds },
    context,
    arm,
  );
  if (!reached.ok) return failed(reached);

  const { turned } = reached.value;
  const closed = await arm.gripper(0, FORCES.handleN);
  if (!closed.ok) return failed(closed);
  const evidence: Evidence = { gripperWidthM: closed.value.widthM, expectedAt: handle.positionInBase };
  const travelled =
    closed.value.widthM <= EMPTY_WIDTH_M
      ? fail("nothing-grasped", "The gripper closed beside the handle.")
      : await stroke(pull, { travelM, turned }, arm);
  const left = await letGo(arm, { opening: pull.opening, easeM: opens ? 0 : EASE_M });
  if (!travelled.ok) return failed(travelled, { evidence });
  // An arm that finds no way home has still moved the drawer: what came of it is for the eyes to say.
  if (!left.ok && !isRefusal(left) && left.code !== "not-moved") return failed(left, { evidence });
  return {
    result: ok(undefined),
    effect: {
      kind: opens ? "opened" : "closed",
      label: found.value.label,
      detectionId: found.value.id,
      handleAt: pull.handleAt,
      opening: pull.opening,
      travelledM: travelled.value.travelledM,
      metEnd: travelled.value.metEnd,
    },
    evidence,
  };
}

/** Brings the open fingers around the bar, by the turn of the hand from which the whole pull can be done. */
async function reachHandle(
  { pull, travelM, label, ownIds }: { pull: HandlePull; travelM: number; label: string; ownIds: readonly string[] },
  context: MotionContext,
  arm: Arm,
): Promise<Result<{ turned: boolean }, FailureCode>> {
  const { model } = context.robot;
  const { jointPositions } = await arm.state();
  // The drawer goes where the hand goes: as an obstacle it would make every bend of the arm look equally bad, also the one with
  // the wrist down on the counter.
  const obstacles = [...obstaclesOf(context.scene, ownIds), ...groundOf(context.scene)];
  let refusal: Failure<FailureCode> = fail("out-of-reach", `The handle of the ${label} is out of reach.`);
  const turns: { readonly turned: boolean; readonly reach: Reach }[] = [];
  for (const turned of [false, true]) {
    // The way back matters as much: the drawer must come out, and the hand must leave it, in straight lines.
    const way = [pull.pre, pull.grasp, pull.moved(travelM), pull.moved(travelM + BACK_OFF_M)];
    const poses = turned ? way.map(turnHalf) : way;
    const reach = await planReach(model, poses, { from: jointPositions, obstacles });
    if (reach.ok) turns.push({ turned, reach: reach.value });
    else refusal = reach;
  }
  const room = ({ reach }: (typeof turns)[number]): number => Math.min(WRIST_ROOM_M, reach.clearanceM);
  for (const { turned, reach } of turns.sort((a, b) => room(b) - room(a))) {
    const reached = await inOrder(
      () => arm.gripper(HANDLE_OPENING_M, FORCES.openN),
      () => arm.travel(reach),
      // Between the bar and the front there is never much room.
      () => arm.straight(reach.poses[1], SPEEDS.gentleMps),
    );
    if (reached.ok) return ok({ turned });
    if (!isRefusal(reached)) return reached;
    refusal = reached;
    context.note(`Another way to take the handle: ${reached.message}`);
  }
  await inOrder(arm.lift, arm.home);
  return refusal;
}

/** How far the drawer was moved, and what ended it. */
interface Stroked {
  /** Metres that the tool went along the opening direction (open) or against it (close). */
  readonly travelledM: number;
  /** The hand came no further before it had gone all the way. */
  readonly metEnd: boolean;
}

/**
 * Moves the gripped handle stroke by stroke until it has gone far enough or goes no further. Each stroke starts from where the
 * hand is, not from where it should be: behind a drawer that has stopped, the push never grows beyond one stroke, and rails that
 * run a little aside of the seen direction do not press on the hand more and more.
 */
async function stroke(
  pull: HandlePull,
  { travelM, turned }: { readonly travelM: number; readonly turned: boolean },
  arm: Arm,
): Promise<Result<Stroked, FailureCode>> {
  const opens = travelM > 0;
  const sign = Math.sign(travelM);
  const { orientation } = turned ? turnHalf(pull.grasp) : pull.grasp;
  const { position: start } = (await arm.state()).toolPoseInBase;
  let from = start;
  let travelledM = 0;
  let stuck = 0;
  while (stuck < ENOUGH_STUCK && travelledM < Math.abs(travelM) - ALL_THE_WAY_M) {
    const strokeM = Math.min(opens ? STROKE_M.open : STROKE_M.close, Math.abs(travelM) - travelledM);
    const pose = { position: add(from, scale(pull.opening, sign * strokeM)), orientation };
    const moved = await arm.straight(pose, opens ? SPEEDS.pullMps : SPEEDS.pressMps);
    // The limit of the arm or of a zone: what was reached so far is for the eyes to judge.
    if (!moved.ok && isRefusal(moved)) break;
    if (!moved.ok && moved.code !== "not-moved") return moved;
    const { gripper, toolPoseInBase } = await arm.state();
    if (gripper.widthM <= EMPTY_WIDTH_M) return fail("dropped", "The handle slipped out of the gripper.");
    const wentM = sign * dot(subtract(toolPoseInBase.position, from), pull.opening);
    stuck = wentM < strokeM * PROGRESS_PART ? stuck + 1 : 0;
    from = toolPoseInBase.position;
    travelledM = sign * dot(subtract(from, start), pull.opening);
  }
  return ok({ travelledM: Math.max(0, travelledM), metEnd: stuck >= ENOUGH_STUCK });
}

/** Opens the fingers and leaves the handle the way the hand came, then up and home. */
async function letGo(arm: Arm, { opening, easeM }: { readonly opening: Vec3; readonly easeM: number }) {
  const { toolPoseInBase: tool } = await arm.state();
  const back = (metres: number) => ({
    ...tool,
    position: [
      tool.position[0] + opening[0] * metres,
      tool.position[1] + opening[1] * metres,
      tool.position[2],
    ] as const,
  });
  return inOrder(
    () => unlessRefused(arm.straight(back(easeM), SPEEDS.pushMps)),
    () => arm.gripper(HANDLE_OPENING_M, FORCES.openN),
    () => arm.straight(back(BACK_OFF_M), SPEEDS.nearMps),
    // Further back there is more room to turn the hand; where the arm cannot, it goes up from here.
    () => unlessRefused(arm.straight(back(FREE_M), SPEEDS.loadedMps)),
    () => unlessRefused(arm.lift()),
    arm.home,
  );
}

async function unlessRefused(step: Promise<Step>): Promise<Step> {
  const result = await step;
  return result.ok || !isRefusal(result) ? result : ok(undefined);
}

const stateOf = (drawer: Detection): string | undefined =>
  kindOf(drawer) === "drawer" ? drawer.attributes?.state?.[0]?.[0] : undefined;
