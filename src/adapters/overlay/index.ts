export { createOverlayFonts, drawOverlay } from "./draw-overlay.js";
export type * from "./overlay-state.js";
