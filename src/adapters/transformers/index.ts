export { createClap, type ClapOptions } from "./create-clap.js";
export { createMusicgen } from "./create-musicgen.js";
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
