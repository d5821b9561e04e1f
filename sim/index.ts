export * from "./create-simulation.js";
export type { CameraName } from "./physics/protocol.js";
export { HEAD_JOINTS, WRIST_IN_HAND } from "./physics/camera-rig.js";
export type { BaseVelocity, BodyJoints, JointTrajectory } from "./physics/protocol.js";
export type { SimRobot } from "./sim-robot.js";
export type * from "./physics/truth.js";
export * from "./scenes/index.js";
export { HAND_IN_FLANGE, pandaModel } from "./worlds/panda-model.js";
