import { isMoving, type Action } from "../domain/action.js";
import type { ImagePoint } from "../domain/detection.js";
import { deproject } from "../domain/geometry/project.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import type { Scene } from "../domain/scene.js";
import { nearestZone, zonesInBase } from "./keep-out.js";
import { namesOf } from "./labels.js";
import type { SafetyLimits } from "./limits.js";
import { detectionAt, targetsOf } from "./plan-targets.js";

/** What a person is shown when asked whether an action may run. */
export interface ApprovalRequest {
  readonly action: Action;
  /** Why a person is asked. */
  readonly reason: string;
  /** Where the action begins, in the picture and in metres; absent for actions without a place. */
  readonly point?: ImagePoint;
  readonly positionInBase?: Vec3;
  /** Distance from there to the nearest keep-out box, metres; Infinity without any. */
  readonly marginM: number;
  /** After this the answer is no. The mission's clock. */
  readonly expiresAtMs: number;
}

/** A thing seen with less certainty than this is worth a person's look. */
const SURE = 0.6;
/** Nearer than this to a keep-out box is worth a person's look. */
const NEAR_ZONE_M = 0.1;
/** Things that cut, spill or break. */
const DELICATE = ["knife", "scissors", "glass", "bottle", "bowl", "kettle", "pan", "pot"];

export interface PolicyContext {
  readonly scene: Scene;
  readonly limits: SafetyLimits;
}

/** Why a person must allow this action, or undefined when it may run by itself. The mode comes from the limits alone. */
export function approvalReason(action: Action, context: PolicyContext): string | undefined {
  if (!isMoving(action)) return undefined;
  switch (context.limits.approve) {
    case "auto":
      return undefined;
    case "always":
      return "every action that moves something needs a person's word here";
    case "risky":
      return riskOf(action, context);
  }
}

/** What makes an action risky, in words, or undefined. */
export function riskOf(action: Action, { scene, limits }: PolicyContext): string | undefined {
  switch (action.action) {
    case "open":
    case "close":
    case "push":
      return `${action.action} presses on furniture or things`;
    case "release":
      return scene.held === undefined ? undefined : "release lets go of what is held wherever the hand is";
    case "approach":
    case "grasp":
    case "move":
    case "place":
      break;
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return undefined;
  }
  const zones = zonesInBase(limits.keepOut, scene.robot.basePoseInOdom);
  for (const { role, target } of targetsOf(action)) {
    const near = nearestZone(deproject(scene.view, target), zones);
    if (near !== undefined && near.clearanceM < NEAR_ZONE_M) {
      return `"${target.label}" is ${near.clearanceM.toFixed(2)} m from the keep-out box "${near.zone.name}"`;
    }
    if (role === "place") continue;
    const detection = detectionAt(target, scene);
    if (detection === undefined) return `"${target.label}" was pointed at without a detection`;
    if (detection.score < SURE)
      return `"${target.label}" was seen with only ${Math.round(detection.score * 100)} % certainty`;
    const delicate = namesOf(detection)
      .flatMap((name) => name.toLowerCase().split(/\s+/))
      .find((word) => DELICATE.includes(word));
    if (delicate !== undefined) return `a ${delicate} can spill, break or cut`;
    if (scene.depthSource === "model") return "distances are estimated by a model, not measured";
  }
  return undefined;
}

/** The request for a person's word on an action. Pure: the same action and scene give the same request. */
export function approvalRequest(
  action: Action,
  context: PolicyContext & { readonly reason: string; readonly nowMs: number; readonly timeoutMs: number },
): ApprovalRequest {
  const { scene, limits, reason, nowMs, timeoutMs } = context;
  const target = targetsOf(action)[0]?.target;
  const request = { action, reason, expiresAtMs: nowMs + timeoutMs };
  if (target === undefined) return { ...request, marginM: Infinity };
  const positionInBase = deproject(scene.view, target);
  const zones = zonesInBase(limits.keepOut, scene.robot.basePoseInOdom);
  return {
    ...request,
    point: { x: target.x, y: target.y, z: target.z },
    positionInBase,
    marginM: nearestZone(positionInBase, zones)?.clearanceM ?? Infinity,
  };
}
