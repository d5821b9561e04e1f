import type { Timers } from "../ros/ros-types.js";

/** One body, several controllers: who moves it at a time. */
export interface MotionDesk {
  /**
   * Runs a motion of `owner`. A newer motion of the same owner ends the older one first; while another owner moves, the answer is
   * `busy` unless that one ends at once. The motion's signal fires with the caller's, and when all are cancelled.
   */
  run<T>(owner: string, signal: AbortSignal, motion: (signal: AbortSignal) => Promise<T>): Promise<T | "busy">;
  readonly isMoving: boolean;
  cancelAll(): void;
}

/** A base that has just arrived, or fingers that come to rest, are waited for. */
const PATIENCE_MS = 2_000;

export function createMotionDesk(timers: Timers): MotionDesk {
  let current: { readonly owner: string; readonly abort: AbortController; readonly done: Promise<void> } | undefined;

  const patience = (done: Promise<void>): Promise<void> => {
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => (cancel = timers.after(PATIENCE_MS, resolve)));
    return Promise.race([done, late]).finally(() => cancel());
  };

  const desk: MotionDesk = {
    async run(owner, signal, motion) {
      if (current?.owner === owner) {
        current.abort.abort();
        await current.done;
      } else if (current !== undefined) await patience(current.done);
      // Read afresh: another may have come first while this one waited.
      if (desk.isMoving) return "busy";
      const abort = new AbortController();
      const cancel = (): void => abort.abort();
      signal.addEventListener("abort", cancel, { once: true });
      if (signal.aborted) cancel();
      let finish = (): void => {};
      current = { owner, abort, done: new Promise((resolve) => (finish = resolve)) };
      try {
        return await motion(abort.signal);
      } finally {
        signal.removeEventListener("abort", cancel);
        current = undefined;
        finish();
      }
    },
    get isMoving() {
      return current !== undefined;
    },
    cancelAll: () => current?.abort.abort(),
  };
  return desk;
}
