export { evaluateEyes, type EvaluateOptions, type EyesEvaluation } from "./evaluate-eyes.js";
export { formatEvaluation } from "./format-evaluation.js";
export { drawGallery, type GalleryOptions, type GalleryPicture } from "./gallery.js";
