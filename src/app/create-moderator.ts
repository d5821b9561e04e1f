import { setTimeout as delay } from "node:timers/promises";
import { createOpenAiCompatibleClient } from "../adapters/ai-sdk/index.js";
import { createModerator as createFrom, type Moderator } from "../adapters/moderation/index.js";
import { createOllamaClient } from "../adapters/ollama/index.js";
import { ControllerError } from "../domain/errors.js";
import { createRandom } from "../domain/random.js";
import type { Launch } from "./launch/launch-schema.js";

type Env = Readonly<Record<string, string | undefined>>;

/** Llama Guard needs the text and its own short policy; this is room for a long instruction. */
const GUARD_CONTEXT_TOKENS = 4_096;

/**
 * The judge of words that the launch file names; undefined for `none`. Throws `bad-launch-file` when its key is missing, or when it
 * is not on this machine and `offline` is set.
 */
export function createModerator(launch: Launch, env: Env = process.env): Moderator | undefined {
  const config = launch.moderation;
  if (config.type === "none") return undefined;
  const apiKey = config.apiKeyEnv === undefined ? undefined : env[config.apiKeyEnv];
  if (config.apiKeyEnv !== undefined && (apiKey === undefined || apiKey === "")) {
    throw new ControllerError(
      "bad-launch-file",
      `The moderation ${config.type} takes its key from the environment variable ${config.apiKeyEnv}, which is not set. Set it, or name another in moderation.apiKeyEnv.`,
    );
  }
  const link = {
    baseUrl: config.baseUrl,
    model: config.model,
    timeoutMs: config.timeoutS * 1000,
    maxRetries: config.maxRetries,
    fetch: globalThis.fetch,
    delay: (ms: number, { signal }: { signal: AbortSignal }) => delay(ms, undefined, { signal }),
    // Only spreads retries in time.
    random: createRandom(process.pid),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
  const moderator =
    config.type === "openai-moderation"
      ? createFrom({ type: config.type, ...link })
      : createFrom({
          type: config.type,
          client:
            config.server === "ollama"
              ? createOllamaClient({ ...link, contextTokens: GUARD_CONTEXT_TOKENS, keepAlive: "10m" })
              : createOpenAiCompatibleClient(link),
        });
  if (!launch.offline || !moderator.leavesMachine) return moderator;
  throw new ControllerError(
    "bad-launch-file",
    `The moderation ${config.type} would send words to ${config.baseUrl}, and offline is set. Use a server on this machine, or set offline to false.`,
  );
}
