import { ControllerError } from "../../domain/errors.js";
import type { Timers } from "./mission.types.js";

/** Settles with `work`, or rejects with `aborted` as soon as the signal fires, even when `work` ignores the signal. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(new ControllerError("aborted", "Interrupted.", { cause: signal.reason }));
    if (signal.aborted) {
      // The work may still reject after nobody listens any more.
      work.catch(() => undefined);
      abort();
      return;
    }
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

export interface TimeLimit {
  readonly signal: AbortSignal;
  /** True when the limit, and not the caller, fired the signal. */
  readonly expired: () => boolean;
  readonly cancel: () => void;
}

/** A signal that fires with any of `signals`, or after `limitMs`. Cancel it when the work has ended. */
export function timeLimit(signals: readonly AbortSignal[], limitMs: number, timers: Timers): TimeLimit {
  const timer = new AbortController();
  let fired = false;
  const cancel = timers.after(limitMs, () => {
    fired = true;
    timer.abort();
  });
  return { signal: AbortSignal.any([...signals, timer.signal]), expired: () => fired, cancel };
}
