import type { Clock } from "../../ports/clock.js";
import { raceAbort } from "./abort.js";

/** Lets stages pass while nominal, and interrupts and parks them while the mission is on hold. */
export interface HoldGate {
  /** Fires when the next hold begins; a new signal after each resume. */
  readonly signal: AbortSignal;
  /** The clock without the time spent on hold. */
  activeMs(): number;
  /** Resolves at once when open, else on resume; rejects with `aborted` when the signal fires first. */
  passed(signal: AbortSignal): Promise<void>;
  hold(): void;
  resume(): void;
}

export function createHoldGate(clock: Clock): HoldGate {
  let interruption = new AbortController();
  let opened = Promise.resolve();
  let open = (): void => undefined;
  let heldSinceMs: number | undefined;
  let heldMs = 0;

  return {
    get signal() {
      return interruption.signal;
    },
    activeMs: () => (heldSinceMs ?? clock.nowMs()) - heldMs,
    passed: (signal) => raceAbort(opened, signal),
    hold() {
      if (heldSinceMs !== undefined) return;
      heldSinceMs = clock.nowMs();
      opened = new Promise((resolve) => (open = resolve));
      interruption.abort();
    },
    resume() {
      if (heldSinceMs === undefined) return;
      heldMs += clock.nowMs() - heldSinceMs;
      heldSinceMs = undefined;
      interruption = new AbortController();
      open();
    },
  };
}
