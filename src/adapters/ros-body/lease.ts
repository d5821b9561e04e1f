/** Who may move the robot, as heartbeats tell. The same rule as the watchdog node's in launch/ros. */
export interface Lease {
  /** `waiting`: nobody has asked; `live`: heartbeats come; `held`: they ended without a release, and the robot is held. */
  readonly state: LeaseState;
  readonly holder: string | undefined;
  /** A heartbeat's text as it came. Returns what changed. */
  beat(text: string, nowMs: number): LeaseChange;
  /** To be asked once a heartbeat is `limitMs` old. */
  check(nowMs: number): LeaseChange;
  /** Milliseconds until `check` may have something to say; undefined while no lease is live. */
  dueInMs(nowMs: number): number | undefined;
}
export type LeaseState = "waiting" | "live" | "held";
export type LeaseChange = "none" | "granted" | "released" | "expired";

interface Heartbeat {
  readonly holder: string;
  readonly sequence: number;
  readonly released: boolean;
}

/**
 * A live lease is its holder's until it is released or `limitMs` old. One that has expired does not come back by more of the
 * same heartbeats: whoever stalled finds the robot held, and has to start anew, with its sequence from 0 or under another name.
 */
export function createLease({ limitMs }: { readonly limitMs: number }): Lease {
  let state: LeaseState = "waiting";
  let holder: string | undefined;
  let sequence = -1;
  let heardAtMs = 0;

  const check = (nowMs: number): LeaseChange => {
    if (state !== "live" || nowMs - heardAtMs < limitMs) return "none";
    state = "held";
    return "expired";
  };
  return {
    get state() {
      return state;
    },
    get holder() {
      return holder;
    },
    check,
    beat(text, nowMs) {
      const heartbeat = parseHeartbeat(text);
      if (heartbeat === undefined) return "none";
      const expired = check(nowMs);
      const isHolder = heartbeat.holder === holder;
      if (heartbeat.released) {
        if (!isHolder || state !== "live") return expired;
        state = "waiting";
        holder = undefined;
        return "released";
      }
      // Duplicates and stragglers prove nothing about now.
      const startsAnew = !isHolder || heartbeat.sequence <= Math.min(1, sequence);
      if (isHolder && !startsAnew && heartbeat.sequence <= sequence) return expired;
      if (state === "live") {
        if (!isHolder) return "none";
        sequence = heartbeat.sequence;
        heardAtMs = nowMs;
        return "none";
      }
      if (state === "held" && !startsAnew) return expired;
      state = "live";
      ({ holder, sequence } = heartbeat);
      heardAtMs = nowMs;
      return "granted";
    },
    dueInMs: (nowMs) => (state === "live" ? Math.max(0, heardAtMs + limitMs - nowMs) : undefined),
  };
}

function parseHeartbeat(text: string): Heartbeat | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { holder, sequence, state } = value as Record<string, unknown>;
  if (typeof holder !== "string" || holder === "" || typeof sequence !== "number" || !Number.isSafeInteger(sequence)) {
    return undefined;
  }
  return { holder, sequence, released: state === "released" };
}
