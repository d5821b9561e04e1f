export { createPictureStats, type ColumnStats } from "./column-stats.js";
export * from "./create-dataset.js";
