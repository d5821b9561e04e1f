export * from "./create-mission-film.js";
export * from "./create-video-writer.js";
