import type { Delay } from "../../../src/adapters/model-link/index.js";

/** Time that passes only when a test says so. */
export interface VirtualTime {
  readonly delay: Delay;
  /** Lengths of the short waits that were asked for, milliseconds. */
  readonly pauses: readonly number[];
  /** Waits that are still running. */
  running(): number;
  /** Resolves as soon as so many waits are running. */
  untilRunning(count: number): Promise<void>;
  elapse(ms: number): void;
}

/** Waits shorter than `holdFromMs` end at once (time jumps to their end); the others run until `elapse`. */
export function createVirtualTime({ holdFromMs }: { holdFromMs: number }): VirtualTime {
  let nowMs = 0;
  const waits = new Set<{ readonly dueMs: number; readonly end: () => void }>();
  const watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  const pauses: number[] = [];

  const elapse = (ms: number): void => {
    nowMs += ms;
    for (const wait of [...waits].filter(({ dueMs }) => dueMs <= nowMs)) {
      waits.delete(wait);
      wait.end();
    }
  };

  return {
    pauses,
    elapse,
    running: () => waits.size,
    untilRunning: (count) =>
      new Promise((resolve) => {
        if (waits.size >= count) return resolve();
        watchers.push({ count, resolve });
      }),
    delay: (ms, { signal }) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const stop = (): void => {
          waits.delete(wait);
          reject(signal.reason as Error);
        };
        const end = (): void => {
          signal.removeEventListener("abort", stop);
          resolve();
        };
        const wait = { dueMs: nowMs + ms, end };
        waits.add(wait);
        signal.addEventListener("abort", stop, { once: true });
        for (const watcher of watchers.filter(({ count }) => waits.size >= count)) watcher.resolve();
        if (ms >= holdFromMs) return;
        pauses.push(ms);
        queueMicrotask(() => elapse(ms));
      }),
  };
}
