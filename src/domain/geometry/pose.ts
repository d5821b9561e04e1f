import { conjugate, IDENTITY_QUATERNION, multiplyQuaternions, rotate, type Quaternion } from "./quaternion.js";
import { add, subtract, type Vec3 } from "./vec3.js";

/** Position in metres and orientation (xyzw) of one frame, expressed in another; the name says which: `poseInBase`. */
export interface Pose {
  readonly position: Vec3;
  readonly orientation: Quaternion;
}

/** Planar pose of the base in its odometry frame: metres and radians. */
export interface Pose2d {
  readonly xM: number;
  readonly yM: number;
  readonly yawRad: number;
}

export const IDENTITY_POSE: Pose = { position: [0, 0, 0], orientation: IDENTITY_QUATERNION };

/** `b`, given in the frame of `a`, expressed in the parent frame of `a`. */
export function composePoses(a: Pose, b: Pose): Pose {
  return {
    position: add(a.position, rotate(a.orientation, b.position)),
    orientation: multiplyQuaternions(a.orientation, b.orientation),
  };
}

export function invertPose(pose: Pose): Pose {
  const inverse = conjugate(pose.orientation);
  const [x, y, z] = rotate(inverse, pose.position);
  return { position: [-x, -y, -z], orientation: inverse };
}

/** A point given in the frame of `pose`, expressed in the parent frame. */
export const transformPoint = (pose: Pose, point: Vec3): Vec3 => add(pose.position, rotate(pose.orientation, point));

/** A point given in the parent frame, expressed in the frame of `pose`. */
export const toLocalPoint = (pose: Pose, point: Vec3): Vec3 =>
  rotate(conjugate(pose.orientation), subtract(point, pose.position));
