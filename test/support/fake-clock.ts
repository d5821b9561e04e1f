import type { Clock } from "../../src/ports/clock.js";
import type { Timers } from "../../src/execution/mission/mission.types.js";

/** Time that only moves when told to. Timers whose time has come fire inside `advance`. */
export interface FakeClock extends Clock {
  readonly timers: Timers;
  advance(ms: number): void;
  /** Timers that have neither fired nor been cancelled. */
  readonly pending: number;
}

export function createFakeClock(): FakeClock {
  let nowMs = 0;
  const waiting = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  return {
    nowMs: () => nowMs,
    timers: {
      after(ms, callback) {
        const timer = { atMs: nowMs + ms, callback };
        waiting.add(timer);
        return () => waiting.delete(timer);
      },
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const due = [...waiting].filter((t) => t.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.callback();
      }
      nowMs = untilMs;
    },
    get pending() {
      return waiting.size;
    },
  };
}
