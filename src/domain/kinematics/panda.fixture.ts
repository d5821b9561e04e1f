import type { Vec3 } from "../geometry/vec3.js";
import { quaternionFromAxisAngle, type Quaternion } from "../geometry/quaternion.js";
import type { JointModel, RobotModel } from "./robot-model.js";

const H = Math.SQRT1_2;
const TIP_BACK: Quaternion = [-H, 0, 0, H];
const TIP_FORWARD: Quaternion = [H, 0, 0, H];
const STRAIGHT: Quaternion = [0, 0, 0, 1];

const joint = (name: string, position: Vec3, orientation: Quaternion, lower: number, upper: number): JointModel => ({
  name,
  type: "revolute",
  originInParent: { position, orientation },
  axis: [0, 0, 1],
  lower,
  upper,
  maxSpeed: 2.175,
});

/** For tests: the published kinematics of the Franka Panda with its hand, on a pedestal of 0.7 m. */
export const pandaFixture: RobotModel = {
  name: "panda-fixture",
  mountInBase: { position: [0, 0, 0.7], orientation: STRAIGHT },
  joints: [
    joint("j1", [0, 0, 0.333], STRAIGHT, -2.8973, 2.8973),
    joint("j2", [0, 0, 0], TIP_BACK, -1.7628, 1.7628),
    joint("j3", [0, -0.316, 0], TIP_FORWARD, -2.8973, 2.8973),
    joint("j4", [0.0825, 0, 0], TIP_FORWARD, -3.0718, -0.0698),
    joint("j5", [-0.0825, 0.384, 0], TIP_BACK, -2.8973, 2.8973),
    joint("j6", [0, 0, 0], TIP_FORWARD, -0.0175, 3.7525),
    joint("j7", [0.088, 0, 0], TIP_FORWARD, -2.8973, 2.8973),
  ],
  toolInFlange: { position: [0, 0, 0.2104], orientation: quaternionFromAxisAngle([0, 0, 1], -Math.PI / 4) },
  capsules: [
    { link: -1, from: [0, 0, -0.6], to: [0, 0, 0.05], radiusM: 0.2 },
    { link: 0, from: [0, 0, -0.25], to: [0, 0, 0], radiusM: 0.065 },
    { link: 1, from: [0, -0.05, 0], to: [0, -0.3, 0], radiusM: 0.065 },
    { link: 2, from: [0, 0, -0.05], to: [0.0825, 0, 0], radiusM: 0.06 },
    { link: 3, from: [0, 0, 0], to: [-0.0825, 0.1, 0], radiusM: 0.06 },
    { link: 4, from: [0, 0, -0.25], to: [0, 0.05, -0.05], radiusM: 0.055 },
    { link: 5, from: [0, 0, 0], to: [0.088, 0, 0], radiusM: 0.055 },
    { link: 6, from: [0, 0, 0], to: [0, 0, 0.1], radiusM: 0.05 },
    { link: 7, from: [0, -0.07, -0.075], to: [0, 0.07, -0.075], radiusM: 0.035 },
    { link: 7, from: [0, -0.04, -0.04], to: [0, -0.04, -0.005], radiusM: 0.012 },
    { link: 7, from: [0, 0.04, -0.04], to: [0, 0.04, -0.005], radiusM: 0.012 },
  ],
  gripper: { maxWidthM: 0.08, maxForceN: 70 },
  homePositions: [-1.6, -0.6, 0, -2.4, 0, 1.8, 0.785],
  seedPositions: [
    [0, -0.3, 0, -2.3, 0, 2, 0.785],
    [0.6, 0.2, 0, -2, 0, 2.2, 0.785],
    [-0.6, 0.2, 0, -2, 0, 2.2, 0.785],
    [0, 0.3, 0, -2.2, 0, 3.6, 0.785],
  ],
};
