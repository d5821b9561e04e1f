import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

/** A web UI of Stable Diffusion that was started with --api. */
export const automatic1111ConfigSchema = z.strictObject({
  type: z.literal("automatic1111").describe("AUTOMATIC1111's web UI, or Forge, started with --api."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:7860").describe("Address, without /sdapi."),
  apiKeyEnv: apiKeyEnvSchema.optional().describe("Variable that holds user:password of --api-auth."),
  checkpoint: z
    .string()
    .min(1)
    .optional()
    .describe("Checkpoint as the web UI lists it; default: the one that is loaded."),
  controlNets: z
    .strictObject({ pose: z.string().min(1).optional(), edges: z.string().min(1).optional() })
    .prefault({})
    .describe("Models of the ControlNet extension by what they take, as it lists them."),
  sampler: z.string().min(1).default("DPM++ 2M"),
  scheduler: z.string().min(1).default("Karras"),
  steps: z.int().min(1).max(200).default(25),
  guidance: z.number().min(0).max(30).default(7),
  timeoutS: modelConfigFields.timeoutS.default(300),
  maxRetries: modelConfigFields.maxRetries.default(3),
});
export type Automatic1111Config = z.infer<typeof automatic1111ConfigSchema>;
