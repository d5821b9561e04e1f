export { createPerception, type PerceptionOptions } from "./create-perception.js";
export { freeSpots } from "./free-spots.js";
export { kindOf, measure, type Measurement } from "./measure.js";
export { surfaceSlope, type SurfaceSlope } from "./surface-slope.js";
export { createSensorDepth } from "./sensor-depth.js";
export { createTracker, type Tracker } from "./tracker.js";
export type { RoomHeights } from "./room-heights.js";
