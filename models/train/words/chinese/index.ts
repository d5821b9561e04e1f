export * from "./asides.js";
export * from "./chatter.js";
export * from "./conditions.js";
export * from "./frames.js";
export * from "./held-out.js";
export * from "./slots.js";
export * from "./templates.js";
export { chineseColor } from "./phrases.js";
export * from "./held-out-last.js";
