import type { Pose } from "../geometry/pose.js";
import type { Vec3 } from "../geometry/vec3.js";

/** One joint of a serial chain and the link that it moves. */
export interface JointModel {
  readonly name: string;
  readonly type: "revolute" | "prismatic";
  /** Pose of the joint frame in the parent link's frame at position 0. */
  readonly originInParent: Pose;
  /** Axis in the joint frame, unit length. */
  readonly axis: Vec3;
  /** Limits in radians (revolute) or metres (prismatic). */
  readonly lower: number;
  readonly upper: number;
  /** Highest speed, rad/s or m/s. */
  readonly maxSpeed: number;
}

/** Collision shape carried by a link: a segment with a radius. */
export interface LinkCapsule {
  /**
   * Index of the joint whose link carries it, with `from` and `to` in that link's frame. -1 = the base link, in the frame of
   * `mountInBase`; `joints.length` = the hand, in the tool frame (z out of the hand, origin between the fingertips: the hand is at z < 0).
   */
  readonly link: number;
  readonly from: Vec3;
  readonly to: Vec3;
  readonly radiusM: number;
}

/** Body of an arm: everything that kinematics and swept-path checks need. From a URDF, or from the simulator's MJCF. */
export interface RobotModel {
  readonly name: string;
  /** Pose of the first joint's parent link in the base frame. */
  readonly mountInBase: Pose;
  readonly joints: readonly JointModel[];
  /** Tool centre point in the last link's frame: z out of the hand, y along the finger opening. */
  readonly toolInFlange: Pose;
  readonly capsules: readonly LinkCapsule[];
  readonly gripper: { readonly maxWidthM: number; readonly maxForceN: number };
  /** Joint positions at rest, out of the head camera's view. */
  readonly homePositions: readonly number[];
  /** Further starts for inverse kinematics that are known to serve (hand forward, hand down ...). */
  readonly seedPositions: readonly (readonly number[])[];
}
