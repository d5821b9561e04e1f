import type { Action, Target } from "../domain/action.js";
import { isMoving } from "../domain/action.js";
import type { RobotModel } from "../domain/kinematics/robot-model.js";
import { planSchema, type ApprovedPlan, type Plan } from "../domain/plan.js";
import type { FailureCode } from "../domain/receipt.js";
import { fail, ok, type Failure, type Result } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";
import { zonesInBase } from "./keep-out.js";
import { forbiddenFor, namesOf } from "./labels.js";
import type { SafetyLimits } from "./limits.js";
import { checkAgreement, checkPlace, checkReach, type PlaceContext } from "./plan-geometry.js";
import { checkHand, handAfter, handOf } from "./plan-preconditions.js";
import { detectionAt, isHeld, targetsOf } from "./plan-targets.js";

/** Why a plan was refused. */
export type RefusalCode = Extract<
  FailureCode,
  | "bad-action"
  | "too-many-steps"
  | "stale-frame"
  | "not-visible"
  | "forbidden"
  | "hand-full"
  | "hand-empty"
  | "depth-disagrees"
  | "outside-workspace"
  | "keep-out"
  | "out-of-reach"
  | "joint-limit"
>;

export interface ApprovalContext {
  readonly scene: Scene;
  readonly limits: SafetyLimits;
  readonly model: RobotModel;
  /** The mission's clock, as in the scene's frame. */
  readonly nowMs: number;
}

/**
 * The first gate, and the only maker of an `ApprovedPlan`. Takes anything and lets through a frozen plan whose every step is
 * well-formed, names only things in the scene, finds the hand as it needs it, and, as far as what was seen still holds at that
 * step, points at a place that depth confirms and the arm may and can reach. A refusal's details carry `step` (index), `bound`, `value`, `zone` ...
 */
export function approvePlan(plan: unknown, context: ApprovalContext): Result<ApprovedPlan, RefusalCode> {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue.path.join(".");
    const step = issue.path[0] === "steps" && typeof issue.path[1] === "number" ? { step: issue.path[1] } : {};
    return fail("bad-action", `Expected a plan of known actions; ${path || "it"}: ${issue.message}.`, {
      path,
      ...step,
    });
  }
  const refusal = checkWhole(parsed.data, context) ?? checkSteps(parsed.data.steps, context);
  if (refusal !== undefined) return refusal;
  return ok(deepFreeze(parsed.data) as ApprovedPlan); // the only cast to ApprovedPlan in the code base
}

function checkWhole(plan: Plan, { scene, limits, nowMs }: ApprovalContext): Failure<RefusalCode> | undefined {
  const count = plan.steps.length;
  if (count > limits.maxSteps) {
    return fail(
      "too-many-steps",
      `The plan has ${count} steps; the limit is ${limits.maxSteps}. Plan fewer at a time.`,
      {
        bound: limits.maxSteps,
        value: count,
      },
    );
  }
  if (!plan.steps.some(isMoving)) return undefined;
  const ageMs = nowMs - scene.view.capturedAtMs;
  // Written so that an age that is not a number, or a picture from the future, is refused.
  if (ageMs >= 0 && ageMs <= limits.maxFrameAgeMs) return undefined;
  return fail(
    "stale-frame",
    `The plan rests on a picture ${ageMs} ms old; the limit is ${limits.maxFrameAgeMs} ms. Look again.`,
    {
      bound: limits.maxFrameAgeMs,
      value: ageMs,
    },
  );
}

function checkSteps(steps: readonly Action[], context: ApprovalContext): Failure<RefusalCode> | undefined {
  const { scene, limits, model } = context;
  const places: PlaceContext = {
    scene,
    limits,
    model,
    zones: zonesInBase(limits.keepOut, scene.robot.basePoseInOdom),
  };
  let hand = handOf(scene);
  let seenStillHolds = true;
  for (const [step, action] of steps.entries()) {
    const refusal =
      checkNames(action, context) ??
      checkHand(action, hand, (target) => isHeld(target, scene)) ??
      (seenStillHolds ? checkGeometry(action, places) : undefined);
    if (refusal !== undefined) {
      return fail(refusal.code, refusal.message, { step, action: action.action, ...refusal.details });
    }
    hand = handAfter(action, hand);
    if (changesWhatWasSeen(action, places)) seenStillHolds = false;
  }
  return undefined;
}

/** Ids must be the scene's, and nothing forbidden may be touched under any of its names. */
function checkNames(action: Action, { scene, limits }: ApprovalContext): Failure<RefusalCode> | undefined {
  for (const { target } of targetsOf(action)) {
    const { detectionId } = target;
    const ids = scene.detections.map((detection) => detection.id);
    if (detectionId !== undefined && !ids.includes(detectionId)) {
      return fail(
        "not-visible",
        `"${target.label}" is given as ${detectionId}, which is not in the scene. Name one of its ids.`,
        {
          value: detectionId,
          ids,
        },
      );
    }
    if (!isMoving(action)) continue;
    // By the place as well: calling a knife a spoon does not make it one.
    const detection = detectionAt(target, scene);
    const names = [target.label, ...(detection === undefined ? [] : namesOf(detection))];
    const bound = forbiddenFor(names, limits.forbiddenLabels);
    if (bound === undefined) continue;
    return fail("forbidden", `"${names[names.length - 1]}" must not be touched: "${bound}" is forbidden here.`, {
      bound,
      value: names,
    });
  }
  return undefined;
}

function checkGeometry(action: Action, places: PlaceContext): Failure<RefusalCode> | undefined {
  if (!isMoving(action)) return undefined;
  for (const pointed of targetsOf(action)) {
    // What is in the hand moves with it: its place in the picture bounds nothing.
    if (pointed.role === "thing" && isHeld(pointed.target, places.scene)) continue;
    const refusal =
      checkAgreement(pointed, places) ??
      checkPlace(pointed.target, { ...places, travels: action.action === "approach" });
    if (refusal !== undefined) return refusal;
    // An approach may drive the base, so it is not bound by the arm's reach from here.
    const reach = action.action === "approach" ? undefined : checkReach(pointed, places);
    if (reach !== undefined) return reach;
  }
  return undefined;
}

/** After these, later steps are judged by their words alone; the mission looks again before it carries them out. */
function changesWhatWasSeen(action: Action, places: PlaceContext): boolean {
  switch (action.action) {
    case "open":
    case "close":
    case "push":
      return true;
    case "approach":
      return needsDrive(action.target, places);
    case "grasp":
    case "move":
    case "place":
    case "release":
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return false;
  }
}

const needsDrive = (target: Target, places: PlaceContext): boolean =>
  checkPlace(target, places) !== undefined || checkReach({ role: "thing", target }, places) !== undefined;

/** An approved plan stays what was approved. */
function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
