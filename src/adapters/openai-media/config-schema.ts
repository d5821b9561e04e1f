import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

const linkFields = {
  apiKeyEnv: apiKeyEnvSchema.optional(),
  timeoutS: modelConfigFields.timeoutS.default(120).describe("Seconds that one request may take, a download included."),
  maxRetries: modelConfigFields.maxRetries.default(3),
} as const;
const jobFields = {
  pollS: z.number().min(0.5).max(60).default(3).describe("Seconds between two questions how a job is."),
  jobTimeoutS: z.number().positive().max(86_400).default(3_600).describe("Seconds after which a job is given up."),
} as const;
const limitsAs = z
  .enum(["cogvideox-5b", "cogvideox-5b-i2v", "wan2.2-t2v-14b", "wan2.2-i2v-14b", "wan2.2-ti2v-5b"])
  .describe("Whose sizes, lengths and defaults hold.");

export const videosConfigSchema = z.strictObject({
  type: z.literal("openai-videos").describe("A server with /v1/videos: vLLM-Omni, SGLang-Diffusion and others."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:8091/v1").describe("Address up to and with /v1."),
  model: z.string().min(1).default("Wan-AI/Wan2.2-T2V-A14B-Diffusers").describe("Model id as the server lists it."),
  dialect: z
    .enum(["vllm-omni", "sglang"])
    .default("vllm-omni")
    .describe("vLLM-Omni takes a form, SGLang-Diffusion JSON (and a form where there is a picture)."),
  limitsAs: limitsAs.default("wan2.2-t2v-14b"),
  ...linkFields,
  ...jobFields,
});
export type VideosConfig = z.infer<typeof videosConfigSchema>;

export const omniAnimateConfigSchema = z.strictObject({
  type: z.literal("vllm-omni").describe("A vLLM-Omni server with /v1/videos and Wan2.2-S2V, or Wan2.2-Animate."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:8091/v1").describe("Address up to and with /v1."),
  model: z.string().min(1).default("Wan-AI/Wan2.2-S2V-14B").describe("Model id as the server lists it."),
  does: z
    .enum(["talk", "follow"])
    .default("talk")
    .describe("What the server's one model does: S2V makes pictures talk, Animate has them follow a video."),
  consent: z
    .string()
    .min(1)
    .optional()
    .describe("JSON file with a person's recorded word that their picture may be made to move and talk."),
  ...linkFields,
  ...jobFields,
});
export type OmniAnimateConfig = z.infer<typeof omniAnimateConfigSchema>;

export const imagesConfigSchema = z.strictObject({
  type: z
    .literal("openai-images")
    .describe("A server with /v1/images/generations and /v1/images/edits: OpenAI, vLLM-Omni, SGLang and others."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:8091/v1").describe("Address up to and with /v1."),
  model: z.string().min(1).default("Qwen/Qwen-Image").describe("Model id as the server lists it."),
  dialect: z
    .enum(["openai", "vllm-omni", "sglang"])
    .default("vllm-omni")
    .describe("OpenAI's own knows no seed, steps or guidance, and always answers with the bytes."),
  ...linkFields,
});
export type ImagesConfig = z.infer<typeof imagesConfigSchema>;
