export * from "./create-recorder.js";
export * from "./read-recording.js";
export * from "./recording.types.js";
export type { CompressedImage } from "./schemas.js";
export { recoverRecording, type Recovered } from "./recover-recording.js";
