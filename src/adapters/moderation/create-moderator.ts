import type { ModelClient } from "../../ports/model-client.js";
import type { LinkOptions } from "../model-link/index.js";
import { createLlamaGuard } from "./llama-guard.js";
import type { Moderator } from "./moderator.js";
import { createOpenAiModeration } from "./openai-moderation.js";

export type ModeratorOptions =
  | ({ readonly type: "openai-moderation" } & LinkOptions)
  /** `client` reaches a Llama Guard over Ollama or an OpenAI-compatible server. The moderator closes it. */
  | { readonly type: "llama-guard"; readonly client: ModelClient };

/** A gate for words: for instructions before they are planned, and for what the robot is about to say. */
export function createModerator(options: ModeratorOptions): Moderator {
  switch (options.type) {
    case "openai-moderation":
      return createOpenAiModeration(options);
    case "llama-guard":
      return createLlamaGuard(options.client);
  }
}
