export { createModerator, type ModeratorOptions } from "./create-moderator.js";
export type { ModeratedContent, ModerationVerdict, Moderator } from "./moderator.js";
