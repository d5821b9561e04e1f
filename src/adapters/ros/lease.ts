import { ControllerError } from "../../domain/errors.js";
import type { Clock } from "../../ports/clock.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { rosType } from "./stamps.js";

const BEAT_MS = 100;
/** A watchdog that was not heard of for so long is dead, and nothing would hold the robot if this side died too. */
const WATCHDOG_SILENT_MS = 1_000;
/** At the start the watchdog has so long to answer the heartbeat. */
const GRANT_MS = 3_000;

export interface WatchdogStatus {
  readonly state: "live" | "held" | "waiting";
  /** Whose heartbeat it follows. */
  readonly holder: string | null;
}

/** The right to move the robot, kept alive by a heartbeat and watched by a node beside the robot. */
export interface Lease {
  /** A watchdog follows this controller's heartbeat right now. */
  readonly isLive: boolean;
  /** Why not, for people. */
  readonly trouble: string;
  /** Begins the heartbeat anew and resolves when the watchdog follows it; throws `robot-disconnected` where none does. */
  acquire(): Promise<void>;
  /** The lease was live and is not any more. */
  onLost(listener: (reason: string) => void): void;
  /** Ends the heartbeat, telling the watchdog that this is meant. */
  release(): void;
}

export function createLease({
  link,
  profile,
  holder,
  clock,
  timers,
}: {
  readonly link: RosLink;
  readonly profile: RosProfile["lease"];
  /** Unique to this controller and this start of it. */
  readonly holder: string;
  readonly clock: Clock;
  readonly timers: Timers;
}): Lease {
  const type = rosType(link.version, "msg", "std_msgs/String");
  const lost = new Set<(reason: string) => void>();
  let wake = (): void => {};
  let heardAtMs: number | undefined;
  let status: WatchdogStatus | undefined;
  let beating = false;
  let wasLive = false;
  let sequence = 0;
  let beatAtMs = -Infinity;
  let cancelBeat = (): void => {};

  // On the stop line: a bridge that reads nothing behind a running goal would take the heartbeat for dead.
  link.advertise(profile.heartbeat, type, { line: "stop" });
  const unsubscribe = link.subscribe(profile.watchdog, type, (message) => {
    const read = readStatus(message);
    if (read === undefined) return;
    status = read;
    heardAtMs = clock.nowMs();
    look();
    wake();
  });

  const isLive = (): boolean =>
    status?.state === "live" &&
    status.holder === holder &&
    heardAtMs !== undefined &&
    clock.nowMs() - heardAtMs < WATCHDOG_SILENT_MS;
  const offState = link.onState(() => {
    // A broken link is told as such; what the watchdog said before it is of no use.
    status = undefined;
    heardAtMs = undefined;
    wasLive = false;
  });
  const trouble = (): string => {
    if (heardAtMs === undefined || clock.nowMs() - heardAtMs >= WATCHDOG_SILENT_MS) {
      return `nothing is heard of the watchdog on ${profile.watchdog}`;
    }
    if (status?.holder !== null && status?.holder !== holder)
      return `another controller ("${status?.holder}") has the lease`;
    return `the watchdog says "${status.state}"`;
  };
  const look = (): void => {
    const live = isLive();
    if (wasLive && !live) for (const listener of lost) listener(trouble());
    wasLive = live;
  };
  const say = (state: "alive" | "released"): void => {
    const data = JSON.stringify({ holder, sequence: ++sequence, state });
    if (link.state === "up") link.sendStop({ op: "publish", topic: profile.heartbeat, msg: { data } });
  };
  const beat = (): void => {
    if (!beating) return;
    say("alive");
    // After a stall of this very process the watchdog's words wait unread: they are read before it counts as silent.
    const nowMs = clock.nowMs();
    if (nowMs - beatAtMs < 3 * BEAT_MS) look();
    beatAtMs = nowMs;
    cancelBeat = timers.after(BEAT_MS, beat);
  };

  return {
    get isLive() {
      return isLive();
    },
    get trouble() {
      return trouble();
    },
    async acquire() {
      // Counting from the start says that this is a new claim: a lease that has expired does not come back by itself.
      sequence = 0;
      cancelBeat();
      beating = true;
      beat();
      const granted = await new Promise<boolean>((resolve) => {
        const finish = (live: boolean): void => {
          cancel();
          wake = () => {};
          resolve(live);
        };
        const cancel = timers.after(GRANT_MS, () => finish(isLive()));
        wake = () => {
          if (isLive()) finish(true);
        };
        wake();
      });
      if (granted) return;
      const why = trouble();
      beating = false;
      cancelBeat();
      throw new ControllerError(
        "robot-disconnected",
        `Expected a watchdog that follows this controller, found that ${why}. Start the watchdog of launch/ros beside the robot, ` +
          `or pass --no-lease: then nothing holds the robot when this program dies.`,
      );
    },
    onLost: (listener) => void lost.add(listener),
    release() {
      if (beating) say("released");
      beating = false;
      wasLive = false;
      cancelBeat();
      unsubscribe();
      offState();
    },
  };
}

function readStatus({ data }: RosMessage): WatchdogStatus | undefined {
  try {
    const { state, holder } = JSON.parse(String(data)) as WatchdogStatus;
    return state === "live" || state === "held" || state === "waiting"
      ? { state, holder: typeof holder === "string" ? holder : null }
      : undefined;
  } catch {
    return undefined;
  }
}
