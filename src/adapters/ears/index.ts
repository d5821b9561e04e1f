export { createOnnxEars, type OnnxEarsOptions } from "./create-onnx-ears.js";
export { loadStopSpotter, type StopSpotterMaker } from "./load-stop-spotter.js";
export { openStopWatch, type StopWatchLink } from "./open-stop-watch.js";
export { createStopSpotter, type StopSpotter } from "./stop-spotter.js";
