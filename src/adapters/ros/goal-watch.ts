import { CANCEL_GRACE_MS, type GoalEnd, type GoalOptions } from "./goal-end.js";
import type { Timers } from "./ros-types.js";

/** Time limits and abort of one goal, the same for both versions of ROS. */
export interface GoalWatch {
  readonly end: Promise<GoalEnd>;
  /** Feedback, or a status that says it runs. */
  alive(): void;
  finish(end: GoalEnd): void;
}

export function watchGoal(
  action: string,
  { signal, acceptBy, acceptTimeoutMs, finishTimeoutMs }: GoalOptions,
  { timers, cancel }: { readonly timers: Timers; readonly cancel: () => void },
): GoalWatch {
  let resolve: (end: GoalEnd) => void = () => {};
  const end = new Promise<GoalEnd>((r) => (resolve = r));
  let over = false;
  let givenUp: GoalEnd | undefined;
  const timerCancels: (() => void)[] = [];

  const finish = (found: GoalEnd): void => {
    if (over) return;
    over = true;
    for (const cancelTimer of timerCancels) cancelTimer();
    signal.removeEventListener("abort", onAbort);
    // What this side gave up on stays given up, whatever still comes in.
    resolve(givenUp ?? found);
  };
  /** Cancels and waits a moment for the server to say that it has stopped. */
  const giveUp = (reason: GoalEnd): void => {
    if (over || givenUp !== undefined) return;
    givenUp = reason;
    cancel();
    timerCancels.push(timers.after(CANCEL_GRACE_MS, () => finish(reason)));
  };
  const onAbort = (): void => giveUp({ status: "canceled", text: "called off by this side" });

  const cancelAccept = timers.after(acceptTimeoutMs, () => {
    if (acceptBy === "feedback") {
      giveUp({
        status: "silent",
        text: `${action} gave no sign of life within ${acceptTimeoutMs} ms: it rejected the goal, does not run, or the bridge does not pass goals on`,
      });
    }
  });
  timerCancels.push(
    cancelAccept,
    timers.after(finishTimeoutMs, () =>
      giveUp({
        status: "timeout",
        text: `${action} did not end within ${Math.round(finishTimeoutMs)} ms and was cancelled`,
      }),
    ),
  );
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  return { end, alive: cancelAccept, finish };
}
