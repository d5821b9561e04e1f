/** How far operators' clocks are off, learnt from their heartbeats: the least delay that was seen is nearest to the truth. */
export interface ClockOffsets {
  /** A heartbeat of `operator`, written at `sentAtMs` by their clock, arrived at `nowMs` by ours. */
  learn(operator: string, sentAtMs: number, nowMs: number): void;
  /** What to add to their times, milliseconds; undefined for somebody who never sent a heartbeat. */
  of(operator: string): number | undefined;
}

const SAMPLES = 20;
const MOST_OPERATORS = 256;

export function createClockOffsets(): ClockOffsets {
  const samples = new Map<string, number[]>();
  return {
    learn(operator, sentAtMs, nowMs) {
      const own = samples.get(operator) ?? [];
      samples.delete(operator);
      samples.set(operator, [...own.slice(1 - SAMPLES), nowMs - sentAtMs]);
      const oldest = samples.keys().next();
      if (samples.size > MOST_OPERATORS && oldest.done !== true) samples.delete(oldest.value);
    },
    of: (operator) => {
      const own = samples.get(operator);
      return own === undefined ? undefined : Math.min(...own);
    },
  };
}
