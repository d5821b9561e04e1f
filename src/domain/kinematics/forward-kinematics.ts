import type { Pose } from "../geometry/pose.js";
import { chainOf, FRAME_STRIDE, readPose, updateChain, writeJacobian } from "./chain.js";
import type { RobotModel } from "./robot-model.js";

/** Where every part of the arm is, in the base frame. */
export interface ArmPose {
  /** The base link (the mount), then each joint's link in order; the last one is the flange. */
  readonly links: readonly Pose[];
  /** Tool centre point. */
  readonly tool: Pose;
}

/** Poses of links and tool in the base frame for joint positions `q` (radians or metres, in the order of the model's joints). */
export function forwardKinematics(model: RobotModel, q: readonly number[]): ArmPose {
  const chain = chainOf(model);
  updateChain(chain, q);
  const links: Pose[] = [];
  for (let i = 0; i <= chain.jointCount; i++) links.push(readPose(chain.frames, i * FRAME_STRIDE));
  return { links, tool: readPose(chain.frames, (chain.jointCount + 1) * FRAME_STRIDE) };
}

/** Tool centre point in the base frame. */
export function toolPose(model: RobotModel, q: readonly number[]): Pose {
  const chain = chainOf(model);
  updateChain(chain, q);
  return readPose(chain.frames, (chain.jointCount + 1) * FRAME_STRIDE);
}

/** Geometric Jacobian of the tool centre point in the base frame: six rows (x, y, z velocity, then angular), one column per joint. */
export function jacobian(model: RobotModel, q: readonly number[]): number[][] {
  const chain = chainOf(model);
  const n = chain.jointCount;
  const flat = new Float64Array(6 * n);
  updateChain(chain, q);
  writeJacobian(chain, flat);
  return Array.from({ length: 6 }, (_, row) => Array.from(flat.subarray(row * n, row * n + n)));
}
