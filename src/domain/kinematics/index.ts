export * from "./box-distance.js";
export * from "./capsules.js";
export * from "./forward-kinematics.js";
export { inverseKinematics, reachExcess, type IkOptions, type ReachFailure } from "./inverse-kinematics.js";
export type * from "./robot-model.js";
export * from "./time-path.js";
export * from "./tool-path.js";
export * from "./tool-pose.js";
