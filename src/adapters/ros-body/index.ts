export { createRosBody, type RosBody, type RosBodyOptions } from "./create-ros-body.js";
export type { JointControllers, ServedBody, ServedCamera } from "./served-body.js";
export { writeUrdf } from "./write-urdf.js";
