import type { Op, RosMessage } from "./rosbridge.types.js";

/**
 * How real bridges, robots and networks misbehave; each one is off until it is switched on. For tests of whoever connects.
 */
export interface Faults {
  /** Services that are never answered, as one refused by a glob is not. */
  readonly silentServices: Set<string>;
  /** ROS 2 goals that end without reaching the robot. `silent`: never answered, as before rosbridge 4.0; `answer`: status 0, `result: false`. */
  rejectGoals: "no" | "silent" | "answer";
  /** ROS 2 goals end aborted (status 6) at once, with `result: true` as the real bridge has it. */
  abortGoals: boolean;
  /** Results are lost on their way (ROS 1: the result topic; the status topic still tells). */
  loseResults: boolean;
  /** New connections are refused. */
  refuseLinks: boolean;
  /** Changes what is published on a topic: nothing, the same, another or several messages in its place. */
  readonly tamper: Map<string, (msg: RosMessage) => readonly RosMessage[]>;
  /** Changes what goes out on the wire to every client; undefined loses it. */
  garble: ((op: Op) => Op | string | undefined) | undefined;
  /** Milliseconds by which `/rosapi/get_time` and nothing else is wrong. */
  clockErrorMs: number;
}

export const noFaults = (): Faults => ({
  silentServices: new Set(),
  rejectGoals: "no",
  abortGoals: false,
  loseResults: false,
  refuseLinks: false,
  tamper: new Map(),
  garble: undefined,
  clockErrorMs: 0,
});

/** Every message comes twice. */
export const duplicated = () => (msg: RosMessage) => [msg, msg];

/** Each pair of messages comes in the wrong order. */
export function reordered(): (msg: RosMessage) => readonly RosMessage[] {
  let kept: RosMessage | undefined;
  return (msg) => {
    if (kept === undefined) {
      kept = msg;
      return [];
    }
    const pair = [msg, kept];
    kept = undefined;
    return pair;
  };
}

/** The first message's stamp on all of them: a frozen camera, or a driver that does not stamp. */
export function sameStamp(): (msg: RosMessage) => readonly RosMessage[] {
  let stamp: unknown;
  return (msg) => {
    const header = msg.header as RosMessage | undefined;
    if (header === undefined) return [msg];
    stamp ??= header.stamp;
    return [{ ...msg, header: { ...header, stamp } }];
  };
}

/** Stamps that are `byMs` too old. */
export const staleBy = (byMs: number) => (msg: RosMessage) => {
  const header = msg.header as { stamp?: Record<string, number> } | undefined;
  const stamp = header?.stamp;
  if (stamp === undefined) return [msg];
  const [seconds, nanoseconds] = "secs" in stamp ? ["secs", "nsecs"] : ["sec", "nanosec"];
  const ms = stamp[seconds] * 1000 + stamp[nanoseconds] / 1e6 - byMs;
  const whole = Math.floor(ms / 1000);
  const earlier = { [seconds]: whole, [nanoseconds]: Math.round((ms - whole * 1000) * 1e6) };
  return [{ ...msg, header: { ...header, stamp: earlier } }];
};

/** Pictures that end in the middle. */
export const halfFrames = () => (msg: RosMessage) => {
  const data = msg.data as string;
  return [{ ...msg, data: data.slice(0, 4 * Math.floor(data.length / 8)) }];
};
