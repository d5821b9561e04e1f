import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { Timers } from "./ros-types.js";
import { rosType } from "./stamps.js";

/** The robot's stop, both ways. */
export interface StopLine {
  /** An emergency or protective stop is on, whoever pressed it. */
  readonly pressed: string | undefined;
  /** Tells the robot to stop. Synchronous; never throws. */
  stop(): void;
  /** Tells the robot that the stop is over, and resolves with the topic of a stop that stays on. */
  clear(timeoutMs: number): Promise<string | undefined>;
  onPressed(listener: (topic: string) => void): void;
  close(): void;
}

/** A stop counts as released when nothing has said otherwise for this long. */
const RELEASED_FOR_MS = 200;

export function createStopLine(link: RosLink, profile: RosProfile["stop"], timers: Timers): StopLine {
  const states = new Map<string, boolean>();
  const pressedListeners = new Set<(topic: string) => void>();
  const wakers = new Set<() => void>();
  const { command, service } = profile;
  const bool = rosType(link.version, "msg", "std_msgs/Bool");
  if (command !== null) link.advertise(command, bool, { line: "stop", latch: true });
  let told = false;
  /** While a stop of our own is being cleared its echo is no new stop. */
  let clearing = false;

  const say = (data: boolean): boolean =>
    command !== null && link.sendStop({ op: "publish", topic: command, msg: { data } });
  const pressed = (): string | undefined => [...states].find(([, on]) => on)?.[0];
  const unsubscribe = profile.states.map((topic) =>
    link.subscribe(topic, bool, ({ data }) => {
      const was = states.get(topic) === true;
      states.set(topic, data === true);
      if (data === true && !was && !clearing) for (const listener of pressedListeners) listener(topic);
      for (const wake of wakers) wake();
    }),
  );
  const offState = link.onState((state) => {
    states.clear();
    // A stop that found no link is told as soon as there is one.
    if (state === "up" && told) say(true);
  });

  return {
    get pressed() {
      return pressed();
    },
    stop() {
      told = true;
      say(true);
      if (service !== undefined) link.sendStop({ op: "call_service", id: link.nextId("stop"), service, args: {} });
    },
    async clear(timeoutMs) {
      if (!told && pressed() === undefined) return undefined;
      told = false;
      clearing = true;
      // Echoes of the stop that is being cleared may still be under way: released is what stays released for a while.
      const released = new Promise<void>((resolve) => {
        let cancelSettle: (() => void) | undefined;
        const finish = (): void => {
          wakers.delete(look);
          cancelLimit();
          cancelSettle?.();
          resolve();
        };
        const look = (): void => {
          cancelSettle?.();
          cancelSettle = pressed() === undefined ? timers.after(RELEASED_FOR_MS, finish) : undefined;
        };
        const cancelLimit = timers.after(timeoutMs, finish);
        wakers.add(look);
        look();
      });
      say(false);
      await released;
      clearing = false;
      return pressed();
    },
    onPressed: (listener) => void pressedListeners.add(listener),
    close() {
      for (const off of unsubscribe) off();
      offState();
    },
  };
}
