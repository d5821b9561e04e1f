import { quaternionFromAxisAngle, type Quaternion } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { JointModel, LinkCapsule, RobotModel } from "../../src/domain/kinematics/robot-model.js";

const H = Math.SQRT1_2;
const STRAIGHT: Quaternion = [0, 0, 0, 1];
const TIP_BACK: Quaternion = [-H, 0, 0, H];
const TIP_FORWARD: Quaternion = [H, 0, 0, H];

/** Where the hand sits on the flange (link 7). */
export const HAND_IN_FLANGE = {
  position: [0, 0, 0.107] as Vec3,
  orientation: quaternionFromAxisAngle([0, 0, 1], -Math.PI / 4),
};
/** The tool centre point lies this far out of the hand's origin. */
export const TOOL_IN_HAND_M = 0.1034;
/** The fingers slide in the hand at this height. */
export const FINGERS_IN_HAND_M = 0.0584;
export const MOUNT_HEIGHT_M = 0.7;

interface Limits {
  readonly lower: number;
  readonly upper: number;
  readonly maxSpeed: number;
}

const joint = (name: string, position: Vec3, options: { orientation: Quaternion; limits: Limits }): JointModel => ({
  name,
  type: "revolute",
  originInParent: { position, orientation: options.orientation },
  axis: [0, 0, 1],
  ...options.limits,
});

const limits = (lower: number, upper: number, maxSpeed: number): Limits => ({ lower, upper, maxSpeed });
const TWIST = limits(-2.8973, 2.8973, 2.175);

/** Palm across the fingers, and the two fingers as far open as they go; in the tool's frame. */
const HAND_CAPSULES: readonly LinkCapsule[] = [
  { link: 7, from: [0, -0.068, -0.072], to: [0, 0.068, -0.072], radiusM: 0.034 },
  { link: 7, from: [0, -0.046, -0.036], to: [0, -0.046, -0.001], radiusM: 0.011 },
  { link: 7, from: [0, 0.046, -0.036], to: [0, 0.046, -0.001], radiusM: 0.011 },
];

const ARM_CAPSULES: readonly LinkCapsule[] = [
  { link: -1, from: [0, 0, 0], to: [0, 0, 0.06], radiusM: 0.075 },
  { link: 0, from: [0, 0, -0.23], to: [0, 0, -0.03], radiusM: 0.062 },
  { link: 1, from: [0, 0, 0], to: [0, -0.27, 0], radiusM: 0.06 },
  { link: 2, from: [0, 0, -0.04], to: [0.0825, 0, 0], radiusM: 0.055 },
  { link: 3, from: [0, 0, 0], to: [-0.0825, 0.1, 0], radiusM: 0.055 },
  { link: 4, from: [0, 0, -0.25], to: [0, 0.045, -0.05], radiusM: 0.05 },
  { link: 5, from: [0, 0, 0], to: [0.088, 0, 0], radiusM: 0.048 },
  { link: 6, from: [0, 0, 0.02], to: [0, 0, 0.08], radiusM: 0.046 },
];

/** The built-in robot's arm: Franka Panda kinematics and limits with its two-finger hand, on a base 0.7 m high. */
export const pandaModel: RobotModel = {
  name: "handeye-sim-panda",
  mountInBase: { position: [0, 0, MOUNT_HEIGHT_M], orientation: STRAIGHT },
  joints: [
    joint("joint1", [0, 0, 0.333], { orientation: STRAIGHT, limits: TWIST }),
    joint("joint2", [0, 0, 0], { orientation: TIP_BACK, limits: limits(-1.7628, 1.7628, 2.175) }),
    joint("joint3", [0, -0.316, 0], { orientation: TIP_FORWARD, limits: TWIST }),
    joint("joint4", [0.0825, 0, 0], { orientation: TIP_FORWARD, limits: limits(-3.0718, -0.0698, 2.175) }),
    joint("joint5", [-0.0825, 0.384, 0], { orientation: TIP_BACK, limits: limits(-2.8973, 2.8973, 2.61) }),
    joint("joint6", [0, 0, 0], { orientation: TIP_FORWARD, limits: limits(-0.0175, 3.7525, 2.61) }),
    joint("joint7", [0.088, 0, 0], { orientation: TIP_FORWARD, limits: limits(-2.8973, 2.8973, 2.61) }),
  ],
  toolInFlange: {
    position: [0, 0, HAND_IN_FLANGE.position[2] + TOOL_IN_HAND_M],
    orientation: HAND_IN_FLANGE.orientation,
  },
  capsules: [...ARM_CAPSULES, ...HAND_CAPSULES],
  gripper: { maxWidthM: 0.08, maxForceN: 70 },
  // Folded back to the right, hand down at (0, -0.60, 1.12). With the elbow before the body, forearm and upper arm would hide
  // two thirds of the counter from the head camera; here they hide none of it but a corner.
  homePositions: [-2.595, 0.255, 1.147, -1.675, -0.237, 1.776, -0.627],
  seedPositions: [
    // Hand down over the middle, the left and the right of the counter.
    [0, 0.03, 0, -2.565, 0, 2.597, 0.785],
    [0.73, 0.3, 0, -2.15, 0, 2.45, 0.785],
    [-0.73, 0.3, 0, -2.15, 0, 2.45, 0.785],
    [0, 0.5, 0, -1.9, 0, 2.4, 0.785],
    // Hand forward at a drawer's handle, fingers opening up and down; these can pull without leaving the line.
    [1.024, -1.341, -1.917, -2.5, 2.226, 2.611, 1.635],
    [1.058, -1.24, -1.931, -2.517, 2.218, 2.533, -1.425],
    [-1.472, 0.727, 0.475, -1.97, 1.87, 2.042, -0.429],
    [-1.814, 0.936, 0.878, -1.955, 1.661, 2.319, 2.66],
  ],
};
