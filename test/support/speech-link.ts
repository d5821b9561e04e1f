import type { LinkOptions } from "../../src/adapters/model-link/index.js";
import { createRandom } from "../../src/domain/random.js";
import { createVirtualTime } from "./servers/virtual-time.js";

/** How tests reach a speech server: pauses take no time, and the time limit (20 s) passes only when it is told to. */
export const speechLink = (
  baseUrl: string,
  time = createVirtualTime({ holdFromMs: 20_000 }),
): Omit<LinkOptions, "model"> => ({
  baseUrl,
  timeoutMs: 20_000,
  maxRetries: 1,
  fetch: globalThis.fetch,
  delay: time.delay,
  random: createRandom(1),
});
