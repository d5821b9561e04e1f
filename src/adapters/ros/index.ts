export { checkGraph, type GraphFinding } from "./check-graph.js";
export { openRosBody, type RosBody, type RosBodyOptions } from "./open-ros-body.js";
export { rosProfileSchema, type RosProfile } from "./profile-schema.js";
export { createRobotClock, type RobotClock } from "./robot-clock.js";
export { createRosLink, type RosLink, type RosLinkOptions } from "./ros-link.js";
export type { RosVersion } from "./ros-types.js";
