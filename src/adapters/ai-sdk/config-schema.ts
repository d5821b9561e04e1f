import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";
import { ANTHROPIC_BASE_URL, GOOGLE_BASE_URL } from "./default-addresses.js";

/** A server with `/chat/completions`. */
export const openAiCompatibleConfigSchema = z.strictObject({
  type: z
    .literal("openai-compatible")
    .describe("vLLM, SGLang, llama.cpp, LM Studio, OpenAI and others with /chat/completions."),
  baseUrl: baseUrlSchema.describe("Address up to and with /v1, such as http://127.0.0.1:8000/v1."),
  model: z.string().min(1).describe("Model id as the server lists it under /v1/models. It has to see pictures."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  ...modelConfigFields,
});

/** Google's Gemini API. */
export const googleConfigSchema = z.strictObject({
  type: z.literal("google").describe("Gemini and Gemini Robotics-ER."),
  baseUrl: baseUrlSchema.default(GOOGLE_BASE_URL).describe("Address up to and with the API version."),
  model: z.string().min(1).describe("Model id, such as gemini-robotics-er-2-preview."),
  apiKeyEnv: apiKeyEnvSchema.default("GEMINI_API_KEY"),
  ...modelConfigFields,
});

/** Anthropic's Messages API. */
export const anthropicConfigSchema = z.strictObject({
  type: z.literal("anthropic").describe("Claude."),
  baseUrl: baseUrlSchema.default(ANTHROPIC_BASE_URL).describe("Address up to and with /v1."),
  model: z.string().min(1).describe("Model id, such as claude-sonnet-5."),
  apiKeyEnv: apiKeyEnvSchema.default("ANTHROPIC_API_KEY"),
  ...modelConfigFields,
});

export type OpenAiCompatibleConfig = z.infer<typeof openAiCompatibleConfigSchema>;
export type GoogleConfig = z.infer<typeof googleConfigSchema>;
export type AnthropicConfig = z.infer<typeof anthropicConfigSchema>;
