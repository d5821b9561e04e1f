export * from "./depth-framing.js";
export * from "./framing.js";
export * from "./messages.js";
export * from "./reports.js";
export * from "./roles.js";
export * from "./topics.js";
