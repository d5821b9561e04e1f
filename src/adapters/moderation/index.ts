export { createModerator, type ModeratorOptions } from "./create-moderator.js";
export type { ModerationVerdict, Moderator } from "./moderator.js";
