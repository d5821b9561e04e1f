export { createChatReader, createFlorence2, createFlorence2Reader, type Florence2Options } from "./create-florence.js";
export { createWhisper } from "./create-whisper.js";
export type { TransformersOptions } from "./open-transformers.js";
