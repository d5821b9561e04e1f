export {
  createChatReader,
  createFlorence2,
  createFlorence2Reader,
  createFlorence2TextReader,
  type Florence2Options,
  type TextLocator,
} from "./create-florence.js";
export { createWhisper } from "./create-whisper.js";
export type { TransformersOptions } from "./open-transformers.js";
