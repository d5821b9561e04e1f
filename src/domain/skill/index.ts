export * from "./media-ref.js";
export * from "./skill-messages.js";
