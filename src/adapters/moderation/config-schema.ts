import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

const timing = {
  timeoutS: modelConfigFields.timeoutS.default(20),
  maxRetries: modelConfigFields.maxRetries.default(2),
} as const;

/** Who judges words, if anybody. */
export const moderationConfigSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("openai-moderation").describe("A server with /moderations."),
    baseUrl: baseUrlSchema.default("https://api.openai.com/v1").describe("Address up to and with /v1."),
    model: z.string().min(1).default("omni-moderation-latest").describe("Moderation model."),
    apiKeyEnv: apiKeyEnvSchema.default("OPENAI_API_KEY"),
    ...timing,
  }),
  z.strictObject({
    type: z.literal("llama-guard").describe("Llama Guard 3 on a server of your own."),
    server: z.enum(["ollama", "openai-compatible"]).default("ollama").describe("How that server is spoken to."),
    baseUrl: baseUrlSchema.default("http://127.0.0.1:11434").describe("Its address; with /v1 when openai-compatible."),
    model: z.string().min(1).default("llama-guard3:8b").describe("A Llama Guard 3."),
    apiKeyEnv: apiKeyEnvSchema.optional(),
    ...timing,
  }),
]);
export type ModerationConfig = z.infer<typeof moderationConfigSchema>;
