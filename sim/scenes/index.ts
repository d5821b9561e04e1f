export * from "./catalogue.js";
export * from "./create-scene.js";
export * from "./drawer-shape.js";
export { KITCHEN_DRAWERS, type KitchenDrawer } from "./kitchen.js";
export { jitteredRgb, PALETTE } from "./palette.js";
export type * from "./scene-options.js";
export type * from "./scene-spec.js";
