import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";
import { FLITE_VOICES } from "./flite-voices.js";

const server = {
  baseUrl: baseUrlSchema.default("https://api.openai.com/v1").describe("Address up to and with /v1."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  timeoutS: modelConfigFields.timeoutS.default(30),
  maxRetries: modelConfigFields.maxRetries.default(2),
} as const;

/** Who turns sound into words. */
export const transcriberConfigSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("onboard").describe("models/ears: synthetic voices and tests; nothing leaves this machine."),
  }),
  z.strictObject({
    type: z.literal("openai-compatible").describe("A server with /audio/transcriptions: OpenAI, vLLM, speaches."),
    ...server,
    model: z.string().min(1).default("whisper-1").describe("Transcription model."),
  }),
]);
export type TranscriberConfig = z.infer<typeof transcriberConfigSchema>;

/** Who turns words into sound. */
export const speakerConfigSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("flite").describe("English voices inside the package."),
    voice: z.enum(FLITE_VOICES).default("slt").describe("Which voice."),
    stretch: z.number().min(0.5).max(2).default(1).describe("1.2 speaks a fifth slower."),
  }),
  z.strictObject({
    type: z.literal("espeak-ng").describe("espeak-ng from the PATH, or the optional package; many languages."),
    voice: z.string().min(1).optional().describe("A voice of espeak-ng; default: by language."),
    wordsPerMinute: z.number().min(80).max(450).default(160).describe("How fast."),
  }),
  z.strictObject({
    type: z.literal("openai-compatible").describe("A server with /audio/speech."),
    ...server,
    model: z.string().min(1).default("gpt-4o-mini-tts").describe("Speech model."),
    voice: z.string().min(1).default("alloy").describe("One of the server's voices."),
  }),
]);
export type SpeakerConfig = z.infer<typeof speakerConfigSchema>;
