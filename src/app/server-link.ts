import { setTimeout as delay } from "node:timers/promises";
import type { LinkOptions } from "../adapters/model-link/index.js";
import { ControllerError } from "../domain/errors.js";
import { createRandom } from "../domain/random.js";

/** What a launch file says of any server. */
export interface ServerConfig {
  readonly baseUrl: string;
  readonly model?: string;
  readonly apiKeyEnv?: string | undefined;
  readonly timeoutS: number;
  readonly maxRetries: number;
}

/** How to reach it. `part` is the place in the launch file, for messages. Throws `bad-launch-file` where its key is not set. */
export function serverLink(
  part: string,
  config: ServerConfig,
  env: Readonly<Record<string, string | undefined>>,
): LinkOptions {
  const { apiKeyEnv } = config;
  const apiKey = apiKeyEnv === undefined ? undefined : env[apiKeyEnv];
  if (apiKeyEnv !== undefined && (apiKey === undefined || apiKey === ""))
    throw new ControllerError(
      "bad-launch-file",
      `${part} takes its key from the environment variable ${apiKeyEnv}, which is not set. Set it, or name another.`,
    );
  return {
    baseUrl: config.baseUrl,
    model: config.model ?? part,
    timeoutMs: config.timeoutS * 1000,
    maxRetries: config.maxRetries,
    fetch: globalThis.fetch,
    delay: (ms, { signal }) => delay(ms, undefined, { signal }),
    // Only spreads retries in time.
    random: createRandom(process.pid),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}
