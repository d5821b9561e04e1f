export * from "./create-mission-film.js";
export * from "./create-video-writer.js";
export { openVideo, type OpenedVideo, type OpenVideoOptions, type VideoPicture } from "./open-video.js";
