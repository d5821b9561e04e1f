export { createOverlayFonts, drawOverlay } from "./draw-overlay.js";
export { encodeJpeg } from "./encode-jpeg.js";
export type * from "./overlay-state.js";
export { drawDepth, type DepthPicture } from "./draw-depth.js";
export { drawThings, wholeMask, type DrawnThing } from "./draw-things.js";
