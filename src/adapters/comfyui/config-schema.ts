import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

const file = (name: string) => z.string().min(1).max(300).default(name);

/** What every entry for a ComfyUI has. */
const comfyFields = {
  type: z.literal("comfyui").describe("A ComfyUI server; its nodes are checked before anything is sent."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:8188").describe("Address, without /prompt."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  timeoutS: modelConfigFields.timeoutS.default(120).describe("Seconds that one request may take, a download included."),
  maxRetries: modelConfigFields.maxRetries.default(3),
  pollS: z.number().min(0.5).max(60).default(3).describe("Seconds between two questions how a job is."),
  jobTimeoutS: z.number().positive().max(86_400).default(3_600).describe("Seconds after which a job is given up."),
} as const;

export const comfyClipConfigSchema = z.strictObject({
  ...comfyFields,
  model: z
    .enum(["cogvideox-5b", "cogvideox-5b-i2v", "wan2.2-t2v-14b", "wan2.2-i2v-14b", "wan2.2-ti2v-5b"])
    .default("cogvideox-5b")
    .describe("CogVideoX needs the nodes of ComfyUI-CogVideoXWrapper; Wan2.2 comes with ComfyUI."),
  files: z
    .strictObject({
      diffusion: z.string().min(1).optional().describe("Of Wan2.2: the model, or the one for high noise."),
      diffusionLowNoise: z.string().min(1).optional().describe("Of Wan2.2 14B: the model for low noise."),
      textEncoder: file("umt5_xxl_fp8_e4m3fn_scaled.safetensors"),
      vae: z.string().min(1).optional(),
    })
    .prefault({})
    .describe("Names of the weights as ComfyUI lists them; default: those of ComfyUI's own templates."),
});
export type ComfyClipConfig = z.infer<typeof comfyClipConfigSchema>;

export const comfyPictureConfigSchema = z.strictObject({
  ...comfyFields,
  checkpoint: file("sd_xl_base_1.0.safetensors").describe("A checkpoint of Stable Diffusion, as ComfyUI lists it."),
  controlNets: z
    .strictObject({ pose: z.string().min(1).optional(), edges: z.string().min(1).optional() })
    .prefault({})
    .describe("ControlNet weights by what they take, as ComfyUI lists them."),
  steps: z.int().min(1).max(200).default(25),
  guidance: z.number().min(0).max(30).default(7),
  sampler: file("dpmpp_2m"),
  scheduler: file("karras"),
});
export type ComfyPictureConfig = z.infer<typeof comfyPictureConfigSchema>;

export const comfyAnimateConfigSchema = z.strictObject({
  ...comfyFields,
  files: z
    .strictObject({
      animate: file("Wan2_2-Animate-14B_fp8_e4m3fn_scaled_KJ.safetensors"),
      speech: file("wan2.2_s2v_14B_fp8_scaled.safetensors"),
      textEncoder: file("umt5_xxl_fp8_e4m3fn_scaled.safetensors"),
      vae: file("wan_2.1_vae.safetensors"),
      clipVision: file("clip_vision_h.safetensors"),
      audioEncoder: file("wav2vec2_large_english_fp16.safetensors"),
    })
    .prefault({})
    .describe("Names of the weights as ComfyUI lists them."),
  consent: z
    .string()
    .min(1)
    .optional()
    .describe("JSON file with a person's recorded word that their picture may be made to move and talk."),
});
export type ComfyAnimateConfig = z.infer<typeof comfyAnimateConfigSchema>;
