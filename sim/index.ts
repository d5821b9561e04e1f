export * from "./create-simulation.js";
export type { CameraName } from "./physics/protocol.js";
export type * from "./physics/truth.js";
export * from "./scenes/index.js";
export { pandaModel } from "./worlds/panda-model.js";
