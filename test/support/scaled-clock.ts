import type { Clock } from "../../src/ports/clock.js";

export interface ScaledClock extends Clock {
  readonly timers: { after(ms: number, callback: () => void): () => void };
}

/** Real time, but faster: robots and controllers that share it see seconds pass in fractions. Starts at a real date. */
export function createScaledClock(factor: number): ScaledClock {
  const startedAt = performance.now();
  return {
    nowMs: () => 1_790_000_000_000 + (performance.now() - startedAt) * factor,
    timers: {
      after(ms, callback) {
        const timer = setTimeout(callback, ms / factor);
        return () => clearTimeout(timer);
      },
    },
  };
}
