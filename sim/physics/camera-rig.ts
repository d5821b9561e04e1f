import type { Pose } from "../../src/domain/geometry/pose.js";
import { composePoses } from "../../src/domain/geometry/pose.js";
import {
  multiplyQuaternions,
  quaternionFromAxes,
  quaternionFromAxisAngle,
} from "../../src/domain/geometry/quaternion.js";
import { cross, normalize, subtract, type Vec3 } from "../../src/domain/geometry/vec3.js";
import type { CameraSpec } from "../scenes/scene-spec.js";
import type { CameraName } from "./protocol.js";

/** Where the head camera points, radians from its home direction: left and down positive. */
export interface Gaze {
  readonly panRad: number;
  readonly tiltRad: number;
}

export const GAZE_LIMITS = { panRad: [-1.3, 1.3], tiltRad: [-0.7, 0.6] } as const;

/** The mast's two joints and their limits, as a robot description has them. */
export const HEAD_JOINTS = [
  { name: "head_pan", lower: GAZE_LIMITS.panRad[0], upper: GAZE_LIMITS.panRad[1] },
  { name: "head_tilt", lower: GAZE_LIMITS.tiltRad[0], upper: GAZE_LIMITS.tiltRad[1] },
] as const;

/** Beside the palm, on the side of the hand's +x, looking at what is between the fingertips. */
export const WRIST_IN_HAND: Pose = (() => {
  const tilt = 0.32;
  const forward: Vec3 = [-Math.sin(tilt), 0, Math.cos(tilt)];
  const right: Vec3 = [0, 1, 0];
  return { position: [0.06, 0, 0.02], orientation: quaternionFromAxes(right, cross(forward, right), forward) };
})();
const WRIST_FOV_RAD = 1.25;

/** Over the robot's left shoulder, from outside: for videos. */
const ROOM_POSE: Pose = lookAt([-0.85, 1.15, 1.85], [0.42, -0.08, 0.85]);
const ROOM_FOV_RAD = 1;

function lookAt(from: Vec3, to: Vec3): Pose {
  const forward = normalize(subtract(to, from));
  const right = normalize(cross(forward, [0, 0, 1]));
  return { position: from, orientation: quaternionFromAxes(right, cross(forward, right), forward) };
}

/** The head camera's optical frame in the base frame: the mast pans about the vertical, the camera tilts about its own x. */
export function headPoseInBase(camera: CameraSpec, { panRad, tiltRad }: Gaze): Pose {
  const panned = multiplyQuaternions(quaternionFromAxisAngle([0, 0, 1], panRad), camera.poseInBase.orientation);
  const tilted = multiplyQuaternions(panned, quaternionFromAxisAngle([1, 0, 0], -tiltRad));
  return { position: camera.poseInBase.position, orientation: tilted };
}

/** The named camera's optical frame in the base frame (`room`: in the world frame), and its horizontal field of view. */
export function cameraView(
  name: CameraName,
  head: CameraSpec,
  { gaze, handInBase }: { gaze: Gaze; handInBase: Pose },
): { pose: Pose; horizontalFovRad: number } {
  switch (name) {
    case "head":
      return { pose: headPoseInBase(head, gaze), horizontalFovRad: head.horizontalFovRad };
    case "wrist":
      return { pose: composePoses(handInBase, WRIST_IN_HAND), horizontalFovRad: WRIST_FOV_RAD };
    case "room":
      return { pose: ROOM_POSE, horizontalFovRad: ROOM_FOV_RAD };
  }
}
