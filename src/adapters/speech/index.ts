export { recordMicrophone, type RecordOptions } from "./record-microphone.js";
export {
  speakerConfigSchema,
  transcriberConfigSchema,
  type SpeakerConfig,
  type TranscriberConfig,
} from "./config-schema.js";
export { createEdgeSpeaker, type EdgeSpeakerOptions } from "./create-edge-speaker.js";
export { createEspeakSpeaker, type EspeakSpeakerOptions } from "./create-espeak-speaker.js";
export { createFliteSpeaker, type FliteSpeakerOptions } from "./create-flite-speaker.js";
export { createGptSovitsSpeaker, type GptSovitsSpeakerOptions } from "./create-gpt-sovits-speaker.js";
export { createMeloTtsSpeaker, type MeloTtsSpeakerOptions } from "./create-melotts-speaker.js";
export { createOpenAiSpeaker, type OpenAiSpeakerOptions } from "./create-openai-speaker.js";
export { createOpenAiTranscriber } from "./create-openai-transcriber.js";
export { parseConsent, type Consent } from "./parse-consent.js";
export { speakInTurn, type SpeakInTurnOptions } from "./speak-in-turn.js";
