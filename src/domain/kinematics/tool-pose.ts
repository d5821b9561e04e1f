import type { Pose } from "../geometry/pose.js";
import { multiplyQuaternions, quaternionFromAxes } from "../geometry/quaternion.js";
import { cross, type Vec3 } from "../geometry/vec3.js";

/**
 * Tool pointing straight down at `position` (base frame). `yawRad` is the direction of the finger opening in the xy plane:
 * 0 opens along x. `turnHalf` gives the same grasp with the fingers exchanged.
 */
export function topDownPose(position: Vec3, yawRad: number): Pose {
  const y: Vec3 = [Math.cos(yawRad), Math.sin(yawRad), 0];
  const z: Vec3 = [0, 0, -1];
  return { position, orientation: quaternionFromAxes(cross(y, z), y, z) };
}

/** Tool pointing horizontally along `yawRad` (0 = straight ahead); fingers open vertically unless told otherwise. */
export function forwardPose(
  position: Vec3,
  yawRad: number,
  options: { readonly opening?: "vertical" | "horizontal" } = {},
): Pose {
  const z: Vec3 = [Math.cos(yawRad), Math.sin(yawRad), 0];
  const y: Vec3 = options.opening === "horizontal" ? [-Math.sin(yawRad), Math.cos(yawRad), 0] : [0, 0, 1];
  return { position, orientation: quaternionFromAxes(cross(y, z), y, z) };
}

/** The same grasp with the fingers exchanged: half a turn about the tool's z. The nearer of the two saves turning the wrist. */
export const turnHalf = (pose: Pose): Pose => ({
  position: pose.position,
  orientation: multiplyQuaternions(pose.orientation, [0, 0, 1, 0]),
});
