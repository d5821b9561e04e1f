/** `handeye/<robot>/...`: the names that operators, pages and other programs rely on. */
export const ROOT = "handeye";

/**
 * Topics below `handeye/<robot>/` that the robot writes, beside `event/<name>`, `camera/<name>`, `depth/<name>`,
 * `skill/<name>/response` and `skill/<name>/progress`.
 */
export const OUTBOUND = [
  "status",
  "state",
  "pose",
  "overlay",
  "response",
  "approval/request",
  "question",
  "transcript",
  "speech",
] as const;
/** Topics below `handeye/<robot>/` that operators write. */
export const INBOUND = [
  "command",
  "answer",
  "approval/response",
  "lease",
  "jog",
  "arm",
  "hold",
  "resume",
  "stop",
  "reset",
  "keep-out",
  "audio",
  "skill/+/request",
  "skill/+/cancel",
] as const;
export type OutboundTopic = (typeof OUTBOUND)[number];
export type InboundTopic = Exclude<(typeof INBOUND)[number], "skill/+/request" | "skill/+/cancel">;

const ROBOT_ID = /^[a-z0-9][a-z0-9-]*$/;
const SKILL = /^[a-z][a-z0-9-]{0,40}$/;
const OPERATOR = /^[A-Za-z0-9][\w.@-]{0,63}$/;

export const topicOf = (robot: string, name: string): string => `${ROOT}/${robot}/${name}`;

/** Subscriptions that bring everything meant for one robot, plain and with the writer's name (`<topic>/from/<operator>`). */
export const inboundFilters = (robot: string): readonly string[] =>
  INBOUND.flatMap((name) => [topicOf(robot, name), `${topicOf(robot, name)}/from/+`]);

export interface InboundAddress {
  readonly name: InboundTopic | "skill" | "skill-cancel";
  /** For `skill` and `skill-cancel`: its name. */
  readonly skill?: string;
  /** Who wrote it by the topic, where a broker's rules hold writers to their own name. */
  readonly from?: string;
}

/** Topics of which the newest message alone counts: left out for readers who fall behind. */
export const isStreamTopic = (topic: string): boolean => /^handeye\/[^/]+\/(camera|depth)\/[^/]+$|\/pose$/.test(topic);

/** What a topic means for this robot; undefined for topics of others, and for what is not inbound. */
export function parseInbound(robot: string, topic: string): InboundAddress | undefined {
  const prefix = `${ROOT}/${robot}/`;
  if (!ROBOT_ID.test(robot) || !topic.startsWith(prefix)) return undefined;
  const parts = topic.slice(prefix.length).split("/");
  let from: string | undefined;
  if (parts.length >= 3 && parts.at(-2) === "from") {
    from = parts.at(-1) ?? "";
    if (!OPERATOR.test(from)) return undefined;
    parts.splice(-2);
  }
  const written = from === undefined ? {} : { from };
  const name = parts.join("/");
  if (parts.length === 3 && parts[0] === "skill" && (parts[2] === "request" || parts[2] === "cancel")) {
    const meant = parts[2] === "request" ? "skill" : "skill-cancel";
    return SKILL.test(parts[1]) ? { name: meant, skill: parts[1], ...written } : undefined;
  }
  return isInbound(name) ? { name, ...written } : undefined;
}

const isInbound = (name: string): name is InboundTopic =>
  name !== "skill/+/request" && name !== "skill/+/cancel" && (INBOUND as readonly string[]).includes(name);
