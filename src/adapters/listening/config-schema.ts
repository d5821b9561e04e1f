import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

/** A chat server whose model hears. */
export const audioChatConfigSchema = z.strictObject({
  type: z
    .literal("openai-compatible")
    .describe("Qwen2.5-Omni, Qwen2-Audio, Voxtral and other models that hear, behind /chat/completions."),
  baseUrl: baseUrlSchema.describe("Address up to and with /v1, such as http://127.0.0.1:8000/v1."),
  model: z.string().min(1).describe("Model id as the server lists it under /v1/models. It has to hear."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  timeoutS: modelConfigFields.timeoutS,
  maxRetries: modelConfigFields.maxRetries,
  temperature: modelConfigFields.temperature,
  maxOutputTokens: z.int().positive().default(512).describe("Longest answer, in tokens."),
  longestS: z
    .number()
    .positive()
    .max(600)
    .default(30)
    .describe("Seconds of sound that the model takes; Qwen2-Audio reads 30. A longer sound goes to the next back end."),
});
export type AudioChatConfig = z.infer<typeof audioChatConfigSchema>;
