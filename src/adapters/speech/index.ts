export { recordMicrophone, type RecordOptions } from "./record-microphone.js";
export {
  speakerConfigSchema,
  transcriberConfigSchema,
  type SpeakerConfig,
  type TranscriberConfig,
} from "./config-schema.js";
export { createEspeakSpeaker, type EspeakSpeakerOptions } from "./create-espeak-speaker.js";
export { createFliteSpeaker, type FliteSpeakerOptions } from "./create-flite-speaker.js";
export { createOpenAiSpeaker } from "./create-openai-speaker.js";
export { createOpenAiTranscriber } from "./create-openai-transcriber.js";
