/** How many may work at once, and how many may wait for their turn. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Gives a turn back. */
export type EndTurn = () => void;

export interface Turns {
  /** Resolves when it is this one's turn; `busy` where too many wait already, `aborted` when the signal fires first. */
  take(signal: AbortSignal): Promise<EndTurn | "busy" | "aborted">;
}

/** First come, first served. */
export function createTurns({ atOnce, waiting }: TurnLimits): Turns {
  let working = 0;
  const queue: (() => void)[] = [];
  const end = (): EndTurn => {
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      working -= 1;
      queue.shift()?.();
    };
  };
  return {
    async take(signal) {
      if (signal.aborted) return "aborted";
      if (working >= atOnce) {
        if (queue.length >= waiting) return "busy";
        const called = await new Promise<boolean>((resolve) => {
          const start = (): void => {
            signal.removeEventListener("abort", leave);
            working += 1;
            resolve(true);
          };
          const leave = (): void => {
            queue.splice(queue.indexOf(start), 1);
            resolve(false);
          };
          queue.push(start);
          signal.addEventListener("abort", leave, { once: true });
        });
        return called ? end() : "aborted";
      }
      working += 1;
      return end();
    },
  };
}
