import {
  anthropicConfigSchema,
  googleConfigSchema,
  openAiCompatibleConfigSchema,
} from "../../../adapters/ai-sdk/config-schema.js";
import { ollamaConfigSchema } from "../../../adapters/ollama/config-schema.js";

/** Vision-language models behind a server, for every skill that can use one. */
export const modelServerEntries = [
  openAiCompatibleConfigSchema,
  ollamaConfigSchema,
  googleConfigSchema,
  anthropicConfigSchema,
] as const;
