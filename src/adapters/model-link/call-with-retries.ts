import { ControllerError } from "../../domain/errors.js";
import { ok, type Result } from "../../domain/result.js";
import type { ModelFailure } from "../../ports/model-client.js";
import { LinkFailure } from "./link-failure.js";
import type { LinkOptions } from "./link-options.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

export interface SendContext {
  /** Fires when the call is called off or out of time. */
  readonly signal: AbortSignal;
  /** To be called before each request for an answer. */
  readonly count: () => void;
}

/**
 * Runs `send` until it succeeds, fails for good, or the time is up, with pauses that double and are spread by chance (half to all of the
 * step), and never shorter than the server asked for. A pause that cannot fit into the time limit is not begun.
 * Rejects with `aborted` as soon as the signal fires, whatever `send` is doing.
 */
export async function callWithRetries<T>(
  send: (context: SendContext) => Promise<T>,
  options: Pick<LinkOptions, "timeoutMs" | "maxRetries" | "delay" | "random"> & { server: string; signal: AbortSignal },
): Promise<Result<{ value: T; attempts: number }, ModelFailure>> {
  const { timeoutMs, maxRetries, delay, random, server, signal } = options;
  if (signal.aborted) throw aborted(server);

  const over = new AbortController();
  let attempts = 0;
  let pausedMs = 0;
  let pausing: LinkFailure | undefined;
  const context = { signal: over.signal, count: () => void attempts++ };

  async function work(): Promise<Result<{ value: T; attempts: number }, ModelFailure>> {
    for (let retry = 0; ; retry++) {
      try {
        return ok({ value: await send(context), attempts });
      } catch (error) {
        if (!(error instanceof LinkFailure)) throw error;
        if (!error.passing || retry >= maxRetries) return error.toFailure(attempts);

        const step = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retry);
        const pauseMs = Math.max(error.retryAfterMs ?? 0, random.between(step / 2, step));
        pausedMs += pauseMs;
        if (pausedMs >= timeoutMs) return error.toFailure(attempts, ` No time is left for another try.`);
        pausing = error;
        await delay(pauseMs, { signal: over.signal });
        pausing = undefined;
      }
    }
  }

  const calledOff = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(aborted(server)), { once: true, signal: over.signal });
  });
  const timeUp = (async () => {
    await delay(timeoutMs, { signal: over.signal });
    const limit = `the time limit of ${timeoutMs / 1_000} s`;
    if (pausing !== undefined) return pausing.toFailure(attempts, ` The pauses between tries used up ${limit}.`);
    const message = `${server} gave no full answer within ${limit}. Raise timeoutS, or take a faster model.`;
    return new LinkFailure("timeout", message).toFailure(attempts);
  })();

  try {
    return await Promise.race([work(), calledOff, timeUp]);
  } finally {
    over.abort();
  }
}

const aborted = (server: string): ControllerError =>
  new ControllerError("aborted", `The call of ${server} was called off.`);
