export * from "./fake-ros-body.js";
export * from "./ros-rig.js";
