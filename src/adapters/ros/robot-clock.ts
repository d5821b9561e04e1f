import type { Clock } from "../../ports/clock.js";
import type { RosLink } from "./ros-link.js";
import { stampMs } from "./stamps.js";
import type { Timers } from "./ros-types.js";

/** The robot's clock as this machine sees it. */
export interface RobotClock {
  /** Robot time minus machine time, ms; undefined before the first measurement. */
  readonly offsetMs: number | undefined;
  /** The offset is right to within this many ms. */
  readonly errorMs: number;
  /** A stamp of the robot in this machine's time, ms. */
  toMachineMs(robotMs: number): number;
  /** Asks the robot for its time, several times; the quickest answer counts. False where it did not answer. */
  measure(options?: { samples?: number }): Promise<boolean>;
  /** Measures again from time to time: clocks drift, and get corrected. */
  watch(everyMs: number): void;
  close(): void;
}

/** Measures the offset between the clocks, so that neither an hour's error nor a second's lets an old picture pass for new. */
export function createRobotClock({ link, clock, timers }: { link: RosLink; clock: Clock; timers: Timers }): RobotClock {
  let offsetMs: number | undefined;
  let errorMs = Infinity;
  let cancel = (): void => {};
  let closed = false;

  const robotClock: RobotClock = {
    get offsetMs() {
      return offsetMs;
    },
    get errorMs() {
      return errorMs;
    },
    toMachineMs: (robotMs) => robotMs - (offsetMs ?? 0),
    async measure({ samples = 5 } = {}) {
      let best: { offsetMs: number; errorMs: number } | undefined;
      for (let i = 0; i < samples; i++) {
        const sentMs = clock.nowMs();
        const answer = await link.callService("/rosapi/get_time", {}, { timeoutMs: 1_000 });
        const gotMs = clock.nowMs();
        const robotMs = answer.ok ? stampMs(answer.value.time) : undefined;
        if (robotMs === undefined) continue;
        const sample = { offsetMs: robotMs - (sentMs + gotMs) / 2, errorMs: (gotMs - sentMs) / 2 };
        if (best === undefined || sample.errorMs < best.errorMs) best = sample;
      }
      if (best === undefined) return false;
      ({ offsetMs, errorMs } = best);
      return true;
    },
    watch(everyMs) {
      cancel = timers.after(everyMs, () => {
        const measured = link.state === "up" ? robotClock.measure({ samples: 3 }) : Promise.resolve(false);
        void measured.then(() => {
          if (!closed) robotClock.watch(everyMs);
        });
      });
    },
    close() {
      closed = true;
      cancel();
    },
  };
  return robotClock;
}
