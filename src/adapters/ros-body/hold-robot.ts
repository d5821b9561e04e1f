import type { Clock } from "../../ports/clock.js";
import type { Robot } from "../../ports/robot.js";
import type { RosMessage } from "../ros/ros-types.js";
import type { BodyLink } from "./body-link.js";
import { createLease, type LeaseChange } from "./lease.js";
import type { MotionDesk } from "./motion-desk.js";

export const STOP_TOPIC = "/handeye/stop";
export const STOPPED_TOPIC = "/handeye/stopped";
export const LEASE_TOPIC = "/handeye/lease";
export const WATCHDOG_TOPIC = "/handeye/watchdog";
const TELL_EVERY_MS = 100;

export interface RobotHold {
  /** Why nothing may move now. */
  readonly refusal: () => string | undefined;
  /** Ends the lease's watch. */
  close(): void;
}

/**
 * The two reasons to hold still: somebody pressed stop, or the lease's heartbeat ended. Either holds the robot at once and refuses
 * goals; the stop is cleared by a `false`, the lease by a new one.
 */
export function createRobotHold(parts: {
  readonly link: BodyLink;
  readonly clock: Clock;
  readonly desk: MotionDesk;
  readonly robot: Pick<Robot, "halt" | "reset">;
  /** Without: goals are taken from anyone. */
  readonly leaseMs: number | undefined;
}): RobotHold {
  const { link, clock, desk, robot, leaseMs } = parts;
  const { timers } = link;
  let isStopped = false;
  let isClosed = false;
  const lease = leaseMs === undefined ? undefined : createLease({ limitMs: leaseMs });
  const sendStopped = link.advertise(STOPPED_TOPIC, "std_msgs/Bool", { latch: true });
  const sendWatchdog = lease && link.advertise(WATCHDOG_TOPIC, "std_msgs/String", { latch: true });

  const tell = (): void => {
    sendStopped({ data: isStopped });
    if (lease === undefined) return;
    const status = { state: lease.state, holder: lease.holder ?? null, limitMs: leaseMs };
    sendWatchdog?.({ data: JSON.stringify(status) });
  };
  const apply = (): void => {
    if (isStopped || lease?.state === "held") {
      robot.halt();
      desk.cancelAll();
    } else if (!isClosed) {
      // Only a closed robot refuses, and then there is nothing to hold.
      robot.reset().catch(() => undefined);
    }
    tell();
  };

  link.subscribe(STOP_TOPIC, "std_msgs/Bool", ({ data }) => {
    if (typeof data !== "boolean" || data === isStopped) return;
    isStopped = data;
    apply();
  });

  let cancelWatch = (): void => {};
  const onChange = (change: LeaseChange): void => {
    switch (change) {
      case "none":
        return;
      case "granted":
      case "expired":
        return apply();
      case "released":
        // Who lets go leaves nothing moving behind, but that is no alarm.
        desk.cancelAll();
        return tell();
    }
  };
  const watch = (): void => {
    cancelWatch();
    const dueMs = lease?.dueInMs(clock.nowMs());
    if (lease === undefined || dueMs === undefined || isClosed) return;
    cancelWatch = timers.after(Math.ceil(dueMs), () => {
      // After a stall of this very process its timers run before its sockets are read, and the heartbeats wait unread: one more turn
      // of the event loop tells whether it was the controller that was late.
      cancelWatch = timers.after(1, () => {
        onChange(lease.check(clock.nowMs()));
        watch();
      });
    });
  };
  if (lease !== undefined) {
    link.subscribe(LEASE_TOPIC, "std_msgs/String", ({ data }: RosMessage) => {
      if (typeof data !== "string") return;
      onChange(lease.beat(data, clock.nowMs()));
      watch();
    });
  }
  const repeat = (): void => {
    if (isClosed) return;
    tell();
    timers.after(TELL_EVERY_MS, repeat);
  };
  repeat();

  return {
    refusal() {
      if (isStopped) return `The robot is stopped; publish false on ${STOP_TOPIC}, on a person's word, first.`;
      if (lease === undefined || lease.state === "live") return undefined;
      return lease.state === "held"
        ? "The lease's heartbeat ended and the robot is held; start a new lease first."
        : `Nobody holds the lease; publish heartbeats on ${LEASE_TOPIC} first.`;
    },
    close() {
      isClosed = true;
      cancelWatch();
    },
  };
}
