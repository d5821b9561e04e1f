import { z } from "zod";
import { apiKeyEnvSchema, baseUrlSchema, modelConfigFields } from "../model-link/config-fields.js";

/** Ollama's own API. */
export const ollamaConfigSchema = z.strictObject({
  type: z.literal("ollama").describe("Ollama by its own API: schema, context length, and a check that the model sees."),
  baseUrl: baseUrlSchema.default("http://127.0.0.1:11434").describe("Address without a path."),
  model: z.string().min(1).describe("Model name as in `ollama list`, such as qwen3-vl:8b. It has to see pictures."),
  apiKeyEnv: apiKeyEnvSchema.optional(),
  ...modelConfigFields,
  contextTokens: z
    .int()
    .positive()
    .default(8_192)
    .describe("Room for request and answer. Ollama cuts longer requests without a word, so this is not left to it."),
  keepAlive: z
    .string()
    .regex(/^-?\d+(ms|s|m|h)?$/)
    .default("10m")
    .describe("How long the model stays loaded after an answer; -1 for always."),
});
export type OllamaConfig = z.infer<typeof ollamaConfigSchema>;
