export * from "./format-pointing.js";
export * from "./pointing-detail.js";
export * from "./create-pointing-episode.js";
export * from "./summarise-pointing.js";
export { takePicture, type TruePicture } from "./take-picture.js";
