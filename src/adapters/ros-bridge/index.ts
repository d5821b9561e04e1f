export { GOAL_STATUS } from "./action-desk.js";
export * from "./faults.js";
export type { Compression, Op, RosbridgeOptions, RosMessage } from "./rosbridge.types.js";
export { startRosbridge, type Rosbridge } from "./start-rosbridge.js";
