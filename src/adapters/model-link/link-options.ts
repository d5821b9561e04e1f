import type { Random } from "../../domain/random.js";

/** Waits so many milliseconds. Rejects, or never settles, once the signal has fired. */
export type Delay = (ms: number, options: { signal: AbortSignal }) => Promise<unknown>;

/** How to reach one model server. Network, time and chance come from outside. */
export interface LinkOptions {
  /** Address as the launch file has it: `http://127.0.0.1:8000/v1`. A slash at the end makes no difference. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sent to the server and kept out of everything else: messages, errors, events. */
  readonly apiKey?: string;
  /** Milliseconds that one call may take, all its retries and pauses included. */
  readonly timeoutMs: number;
  /** How often a request that failed in passing is sent again. 0 = never. */
  readonly maxRetries: number;
  readonly fetch: typeof globalThis.fetch;
  readonly delay: Delay;
  /** Spreads retries, so that several robots behind one server do not come back in step. */
  readonly random: Random;
  /** Sent with every request. Values are kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>>;
}
