export * from "./create-episode.js";
export * from "./describe/index.js";
export * from "./pointing/index.js";
export * from "./render-report.js";
export * from "./format-table.js";
export * from "./score-episode.js";
export * from "./suite.js";
export * from "./summarise.js";
export type * from "../tasks/episode.js";
