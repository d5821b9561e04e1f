/** Counts commands in the last second. */
export interface RateWindow {
  /** True when one more command at `nowMs` would be more than `perSecond` in a second. Below one per second, one is allowed. */
  isFull(nowMs: number, perSecond: number): boolean;
  count(nowMs: number): void;
}

export function createRateWindow(): RateWindow {
  let times: number[] = [];
  return {
    isFull(nowMs, perSecond) {
      times = times.filter((time) => nowMs - time < 1000);
      return times.length >= Math.max(1, Math.floor(perSecond));
    },
    count(nowMs) {
      times.push(nowMs);
    },
  };
}
