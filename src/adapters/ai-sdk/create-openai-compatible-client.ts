import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { ModelClient } from "../../ports/model-client.js";
import type { LinkOptions } from "../model-link/index.js";
import { createSdkClient } from "./create-sdk-client.js";

const PROVIDER = "handeye";

/** vLLM, SGLang, llama.cpp, LM Studio, Ollama's `/v1`, OpenAI, and whoever else speaks `/chat/completions`. */
export function createOpenAiCompatibleClient(options: LinkOptions): ModelClient {
  return createSdkClient("openai-compatible", options, {
    connect: ({ fetch }) =>
      createOpenAICompatible({
        name: PROVIDER,
        baseURL: options.baseUrl,
        apiKey: options.apiKey,
        headers: options.headers,
        fetch,
        supportsStructuredOutputs: true,
      }).chatModel(options.model),
    // OpenAI's newer models refuse max_tokens; most other servers do not know its successor.
    adapt: (call, made) =>
      made.has("max-completion-tokens")
        ? {
            ...call,
            maxOutputTokens: undefined,
            providerOptions: { [PROVIDER]: { max_completion_tokens: call.maxOutputTokens ?? null } },
          }
        : call,
  });
}
