import type { Detection } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { bottomOf, flatDistance, topOf } from "../footprint.js";
import { CLEARANCES } from "./speeds.js";

export interface PushPoses {
  readonly pre: Pose;
  readonly start: Pose;
  readonly end: Pose;
  readonly direction: Vec3;
  readonly distanceM: number;
}

const GAP_M = 0.03;
/** Half of the closed fingers' thickness. */
const FINGER_M = 0.012;

/** Closed fingers behind the thing, low, and a straight slide until the thing's middle is at the goal. */
export function pushPoses({ extentInBase: extent }: Detection, goal: Vec3): PushPoses {
  const { center, sizeM } = extent;
  const distanceM = flatDistance(center, goal);
  const yaw = Math.atan2(goal[1] - center[1], goal[0] - center[0]);
  const direction: Vec3 = [Math.cos(yaw), Math.sin(yaw), 0];
  const halfM = Math.hypot(sizeM[0], sizeM[1]) / 2;
  const z = Math.max(bottomOf(extent) + 0.02, Math.min(topOf(extent) - 0.01, bottomOf(extent) + 0.035));
  const at = (alongM: number, up = 0): Pose =>
    topDownPose([center[0] + direction[0] * alongM, center[1] + direction[1] * alongM, z + up], yaw + Math.PI / 2);
  const startM = -(halfM + FINGER_M + GAP_M);
  const contactM = -(Math.min(sizeM[0], sizeM[1]) / 2 + FINGER_M);
  return {
    pre: at(startM, CLEARANCES.approachM),
    start: at(startM),
    end: at(Math.max(startM, distanceM + contactM)),
    direction,
    distanceM,
  };
}
