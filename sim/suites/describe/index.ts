export * from "./create-describe-episode.js";
export * from "./describe-detail.js";
export * from "./format-describe.js";
export * from "./summarise-describe.js";
export type { PictureQuestion, ShownThing } from "./write-questions.js";
