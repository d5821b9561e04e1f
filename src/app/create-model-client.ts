import { setTimeout as delay } from "node:timers/promises";
import { createAnthropicClient, createGoogleClient, createOpenAiCompatibleClient } from "../adapters/ai-sdk/index.js";
import { createOllamaClient } from "../adapters/ollama/index.js";
import { ControllerError } from "../domain/errors.js";
import { createRandom } from "../domain/random.js";
import type { ModelClient } from "../ports/model-client.js";
import type { ModelPlannerConfig } from "./launch/planner-schema.js";

/** The client of the server that a planner entry names. Keys come from the environment, by the name that the entry gives. */
export function createModelClient(
  config: ModelPlannerConfig,
  env: Readonly<Record<string, string | undefined>> = process.env,
): ModelClient {
  const apiKey = keyFrom(config, env);
  const link = {
    baseUrl: config.baseUrl,
    model: config.model,
    timeoutMs: config.timeoutS * 1000,
    maxRetries: config.maxRetries,
    fetch: globalThis.fetch,
    delay: (ms: number, { signal }: { signal: AbortSignal }) => delay(ms, undefined, { signal }),
    // Only spreads retries in time; what a mission decides does not depend on it.
    random: createRandom(process.pid),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
  switch (config.type) {
    case "openai-compatible":
      return createOpenAiCompatibleClient(link);
    case "ollama":
      return createOllamaClient({ ...link, contextTokens: config.contextTokens, keepAlive: config.keepAlive });
    case "google":
      return createGoogleClient(link);
    case "anthropic":
      return createAnthropicClient(link);
  }
}

function keyFrom(config: ModelPlannerConfig, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (config.apiKeyEnv === undefined) return undefined;
  const key = env[config.apiKeyEnv];
  if (key !== undefined && key !== "") return key;
  throw new ControllerError(
    "bad-launch-file",
    `The planner ${config.type} takes its key from the environment variable ${config.apiKeyEnv}, which is not set. Set it, or name another in planner.apiKeyEnv.`,
  );
}
