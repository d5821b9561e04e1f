import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";
import { FLITE_VOICES } from "./flite-voices.js";

const link = {
  timeoutS: modelConfigFields.timeoutS.default(30),
  maxRetries: modelConfigFields.maxRetries.default(2),
} as const;

const server = {
  baseUrl: baseUrlSchema.default("https://api.openai.com/v1").describe("Address up to and with /v1."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  ...link,
} as const;

const languageSchema = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "Expected a language, such as en, zh or zh-HK.");

const voicesSchema = z
  .record(languageSchema, z.string().min(1))
  .default({})
  .describe("Voices by language; a language that is not named gets the usual one.");

const speedSchema = z.number().min(0.5).max(2).default(1).describe("1.2 speaks a fifth faster.");

/** Who turns sound into words. */
export const transcriberConfigSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("onboard").describe("models/ears: synthetic voices and tests; nothing leaves this machine."),
  }),
  z.strictObject({
    type: z
      .literal("whisper")
      .describe("Whisper on this machine, by the optional package @huggingface/transformers; many languages."),
    modelDir: z
      .string()
      .min(1)
      .describe("Folder with config.json, the tokenizer and onnx/: a path, or the name of a pulled model."),
    dtype: z.enum(["fp32", "fp16", "q8", "q4"]).default("fp32").describe("Which of the folder's weights."),
    providers: z
      .array(z.enum(["cpu", "cuda", "dml", "coreml", "webgpu"]))
      .min(1)
      .default(["cpu"])
      .describe("Where the network runs, tried in this order."),
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
    type: z.literal("espeak-ng").describe("The program espeak-ng from the PATH; many languages."),
    voice: z.string().min(1).optional().describe("A voice of espeak-ng; default: by language."),
    wordsPerMinute: z.number().min(80).max(450).default(160).describe("How fast."),
  }),
  z.strictObject({
    type: z.literal("openai-compatible").describe("A server with /audio/speech: OpenAI, Kokoro, vLLM, speaches."),
    ...server,
    model: z.string().min(1).default("gpt-4o-mini-tts").describe("Speech model."),
    voice: z.string().min(1).default("alloy").describe("One of the server's voices."),
    voices: voicesSchema,
    languages: z
      .array(languageSchema)
      .min(1)
      .optional()
      .describe("What the server speaks; other languages go to the next speaker. Default: all."),
  }),
  z.strictObject({
    type: z.literal("melotts").describe("A MeloTTS server: English, Chinese, Spanish, French, Japanese, Korean."),
    baseUrl: baseUrlSchema.default("http://127.0.0.1:8888").describe("Address of the server."),
    path: z
      .string()
      .regex(/^\/[\w./-]+$/, "Expected a path, such as /convert/tts.")
      .default("/convert/tts")
      .describe("Where it takes requests."),
    apiKeyEnv: apiKeyEnvSchema.optional(),
    ...link,
    voices: voicesSchema,
    speed: speedSchema,
  }),
  z.strictObject({
    type: z.literal("gpt-sovits").describe("A person's own voice, by a GPT-SoVITS server (api_v2.py)."),
    baseUrl: baseUrlSchema.default("http://127.0.0.1:9880").describe("Address of the server."),
    apiKeyEnv: apiKeyEnvSchema.optional(),
    ...link,
    consent: z
      .string()
      .regex(/./, "A person's voice is used only with their consent: expected the file with who, when and what")
      // Left out it is refused with the words above, not as a missing text.
      .prefault("")
      .describe("File with the person's consent, as JSON: who, when, what. Without it the voice is not used."),
    refAudioPath: z.string().min(1).describe("Recording of the voice, 3 to 10 s: a path on the server's machine."),
    promptText: z.string().default("").describe("What is said in the recording."),
    promptLanguage: z.enum(["en", "zh", "yue", "ja", "ko"]).default("en").describe("The language of the recording."),
    speed: speedSchema,
  }),
  z.strictObject({
    type: z
      .literal("edge-tts")
      .describe("The program edge-tts, which sends every text to Microsoft; refused where offline is set."),
    voices: voicesSchema,
    ratePercent: z.int().min(-50).max(100).default(0).describe("How much faster it speaks."),
    timeoutS: link.timeoutS,
  }),
]);
export type SpeakerConfig = z.infer<typeof speakerConfigSchema>;
