export * from "../../../src/adapters/ros-bridge/index.js";
