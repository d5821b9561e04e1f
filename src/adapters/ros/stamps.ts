import type { RosMessage, RosVersion } from "./ros-types.js";

const number = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** Milliseconds of a ROS time (`secs`/`nsecs` of ROS 1, `sec`/`nanosec` of ROS 2); undefined where it is none, or zero: not stamped. */
export function stampMs(time: unknown): number | undefined {
  if (typeof time !== "object" || time === null) return undefined;
  const fields = time as RosMessage;
  const seconds = number(fields.sec) ?? number(fields.secs);
  const nanoseconds = number(fields.nanosec) ?? number(fields.nsecs);
  if (seconds === undefined || nanoseconds === undefined || (seconds === 0 && nanoseconds === 0)) return undefined;
  return seconds * 1000 + nanoseconds / 1e6;
}

/** Stamp of a message with a header, ms. */
export const headerStampMs = (message: RosMessage): number | undefined =>
  stampMs((message.header as RosMessage | undefined)?.stamp);

/** Frame of a message with a header, without the leading slash of old ROS 1 code; empty where there is none. */
export function headerFrame(message: RosMessage): string {
  const frame = (message.header as RosMessage | undefined)?.frame_id;
  return typeof frame === "string" ? frame.replace(/^\//, "") : "";
}

/** A ROS time or duration in the graph's version. */
export function rosTime(version: RosVersion, ms: number): RosMessage {
  let seconds = Math.floor(ms / 1000);
  let nanoseconds = Math.round((ms - seconds * 1000) * 1e6);
  if (nanoseconds >= 1e9) {
    seconds++;
    nanoseconds -= 1e9;
  }
  return version === 1 ? { secs: seconds, nsecs: nanoseconds } : { sec: seconds, nanosec: nanoseconds };
}

/** A header; `ms` 0 means "now" to whoever carries a trajectory out. */
export const rosHeader = (version: RosVersion, ms: number, frame = ""): RosMessage => ({
  ...(version === 1 ? { seq: 0 } : {}),
  stamp: rosTime(version, ms),
  frame_id: frame,
});

/** `control_msgs/JointTrajectory` as the version spells types: ROS 1 takes the short form only. */
export const rosType = (version: RosVersion, kind: "msg" | "srv" | "action", name: string): string =>
  version === 1 ? name : name.replace("/", `/${kind}/`);
