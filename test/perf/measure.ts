/** One line of the report. */
export interface Measurement {
  readonly name: string;
  readonly value: string;
  /** What to hold it against. */
  readonly beside?: string;
}

export interface Timing {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly worstMs: number;
}

/** Median, 95th percentile and worst of `times` calls after `warmUp` calls that are not counted. */
export async function timeCalls(
  work: () => unknown,
  { times, warmUp }: { times: number; warmUp: number },
): Promise<Timing> {
  for (let i = 0; i < warmUp; i++) await work();
  const spent: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    spent.push(performance.now() - start);
  }
  spent.sort((a, b) => a - b);
  const p95 = spent[Math.min(spent.length - 1, Math.floor(spent.length * 0.95))];
  return { medianMs: spent[spent.length >> 1], p95Ms: p95, worstMs: spent[spent.length - 1] };
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
