import type { Clock } from "../../ports/clock.js";
import type { RobotClock } from "./robot-clock.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { headerStampMs, rosType } from "./stamps.js";

interface JointReading {
  readonly position: number;
  readonly stampMs: number;
}

/** The newest position of every joint, from however many publishers. */
export interface JointStates {
  /** Radians or metres; undefined where it was never told. */
  position(joint: string): number | undefined;
  /** When the oldest of these joints was measured, in this machine's time; undefined where one was never told. */
  measuredAtMs(joints: readonly string[]): number | undefined;
  /** Resolves true once all of them were measured after `afterMs`, false when the time is up. */
  fresh(joints: readonly string[], options: { afterMs: number; timeoutMs: number }): Promise<boolean>;
  close(): void;
}

/** Reads `sensor_msgs/JointState`, at most fifty a second. */
export function createJointStates({
  link,
  topic,
  robotClock,
  clock,
  timers,
}: {
  readonly link: RosLink;
  readonly topic: string;
  readonly robotClock: RobotClock;
  readonly clock: Clock;
  readonly timers: Timers;
}): JointStates {
  const readings = new Map<string, JointReading>();
  const wakers = new Set<() => void>();

  const onMessage = (message: RosMessage): void => {
    const { name, position } = message;
    if (!Array.isArray(name) || !Array.isArray(position)) return;
    // Some drivers leave the stamp out; then the time of arrival has to do.
    const stamp = headerStampMs(message);
    const stampMs = stamp === undefined ? clock.nowMs() : robotClock.toMachineMs(stamp);
    name.forEach((joint: unknown, i) => {
      const value: unknown = position[i];
      if (typeof joint !== "string" || typeof value !== "number" || !Number.isFinite(value)) return;
      const old = readings.get(joint);
      // Late and doubled messages say nothing new; a clock that was set back is followed.
      if (old !== undefined && stampMs < old.stampMs && old.stampMs - stampMs < 5_000) return;
      readings.set(joint, { position: value, stampMs });
    });
    for (const wake of wakers) wake();
  };
  // A short queue: arm, gripper and head may publish on one topic in turns.
  const unsubscribe = link.subscribe(topic, rosType(link.version, "msg", "sensor_msgs/JointState"), onMessage, {
    queueLength: 5,
  });
  const offState = link.onState(() => readings.clear());

  const states: JointStates = {
    position: (joint) => readings.get(joint)?.position,
    measuredAtMs(joints) {
      const stamps = joints.map((joint) => readings.get(joint)?.stampMs ?? Number.NaN);
      const oldest = Math.min(...stamps);
      return Number.isNaN(oldest) ? undefined : oldest;
    },
    fresh: (joints, { afterMs, timeoutMs }) =>
      new Promise((resolve) => {
        const finish = (found: boolean): void => {
          wakers.delete(look);
          cancel();
          resolve(found);
        };
        const look = (): void => {
          if ((states.measuredAtMs(joints) ?? -Infinity) > afterMs) finish(true);
        };
        const cancel = timers.after(timeoutMs, () => finish(false));
        wakers.add(look);
        look();
      }),
    close() {
      unsubscribe();
      offState();
    },
  };
  return states;
}
