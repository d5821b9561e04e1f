import type { Action } from "../../domain/action.js";
import { ok } from "../../domain/result.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";
import { topOf } from "../footprint.js";
import { createArm } from "./arm.js";
import { findDetection, pointOf } from "./find-target.js";
import { failed, type MotionContext, type Performed } from "./motion-context.js";
import { obstaclesOf } from "./obstacles.js";
import { planReach } from "./plan-reach.js";
import { CLEARANCES } from "./speeds.js";

/** Brings the tool above a thing or place, pointing down, without touching it; stays there. */
export async function approach(
  action: Extract<Action, { action: "approach" }>,
  context: MotionContext,
): Promise<Performed> {
  const { grip, scene, robot } = context;
  const kept = grip === undefined ? {} : { grip };
  const detection = findDetection(action.target, scene);
  const point = pointOf(action.target, scene);
  const [x, y] = detection?.extentInBase.center ?? point;
  const below = grip?.bottomBelowToolM ?? 0;
  const z = (detection === undefined ? point[2] : topOf(detection.extentInBase)) + below + CLEARANCES.approachM;
  const mount = robot.model.mountInBase.position;
  const across = Math.atan2(y - mount[1], x - mount[0]) - Math.PI / 2;
  const pose = topDownPose([x, y, z], across);
  const arm = createArm(context, []);
  const { jointPositions } = await arm.state();
  const reach = await planReach(robot.model, [pose], { from: jointPositions, obstacles: obstaclesOf(scene) });
  if (!reach.ok) return failed(reach, kept);
  const moved = await arm.travel(reach.value);
  if (!moved.ok) return failed(moved, kept);
  const { toolPoseInBase } = await arm.state();
  return {
    result: ok(undefined),
    ...kept,
    effect: { kind: "near", label: action.target.label, toolAt: pose.position },
    evidence: { commandedToolPosition: pose.position, actualToolPosition: toolPoseInBase.position },
  };
}
