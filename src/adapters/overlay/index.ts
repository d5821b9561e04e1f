export { createOverlayFonts, drawOverlay } from "./draw-overlay.js";
export { encodeJpeg } from "./encode-jpeg.js";
export type * from "./overlay-state.js";
