export * from "./camera.js";
export * from "./clock.js";
export * from "./depth-estimator.js";
export * from "./event-sink.js";
export * from "./grounder.js";
export * from "./perception.js";
export * from "./planner.js";
export * from "./robot.js";
