import type { Action } from "../../domain/action.js";
import { ok } from "../../domain/result.js";
import { toLocalPoint } from "../../domain/geometry/pose.js";
import { findDetection, pointOf } from "./find-target.js";
import { failed, type MotionContext, type Performed } from "./motion-context.js";

/** Pan and tilt from the camera's home direction: left and down positive. */
const DIRECTIONS = {
  left: [0.5, 0],
  right: [-0.5, 0],
  up: [0, -0.35],
  down: [0, 0.25],
  home: [0, 0],
} as const;

const MAX_PAN_RAD = 0.8;
const MAX_TILT_RAD = 0.5;
const clamp = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));

/** Points the head camera, and lets the picture settle. */
export async function look(action: Extract<Action, { action: "look" }>, context: MotionContext): Promise<Performed> {
  const { robot, signal, grip } = context;
  const [panRad, tiltRad] = typeof action.at === "string" ? DIRECTIONS[action.at] : towards(action.at, context);
  const pointed = await robot.look(panRad, tiltRad, { signal });
  const kept = grip === undefined ? {} : { grip };
  if (!pointed.ok) return failed(pointed, kept);
  return {
    result: ok(undefined),
    ...kept,
    evidence: { note: `camera at pan ${panRad.toFixed(2)}, tilt ${tiltRad.toFixed(2)}` },
  };
}

/** Angles between the camera's present axis and the target: the planner's pictures are taken from home. */
function towards(
  target: Exclude<Extract<Action, { action: "look" }>["at"], string>,
  { scene }: MotionContext,
): readonly [panRad: number, tiltRad: number] {
  const point = findDetection(target, scene)?.positionInBase ?? pointOf(target, scene);
  const [x, y, z] = toLocalPoint(scene.view.poseInBase, point);
  return [clamp(-Math.atan2(x, z), MAX_PAN_RAD), clamp(Math.atan2(y, z), MAX_TILT_RAD)];
}

export async function wait(action: Extract<Action, { action: "wait" }>, context: MotionContext): Promise<Performed> {
  const { robot, signal, grip } = context;
  const kept = grip === undefined ? {} : { grip };
  const waited = await robot.wait(action.seconds, { signal });
  if (!waited.ok) return failed(waited, kept);
  return { result: ok(undefined), ...kept, evidence: {} };
}
