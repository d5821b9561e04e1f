import { frameCamera } from "../../domain/remote/framing.js";
import type { OUTBOUND_SCHEMAS, SkillProgressReport, SkillReport } from "../../domain/remote/reports.js";
import { topicOf, type OutboundTopic } from "../../domain/remote/topics.js";
import type { MessageLink } from "../../ports/message-link.js";
import type { z } from "zod";

type Reports = { [Name in keyof typeof OUTBOUND_SCHEMAS]: z.infer<(typeof OUTBOUND_SCHEMAS)[Name]> };

/** Kept by the broker for those who come later. */
const RETAINED: ReadonlySet<OutboundTopic> = new Set(["status", "state"]);
/** Sent until the broker has it; the others may be lost with a picture's worth of news. */
const SURE: ReadonlySet<OutboundTopic> = new Set(["status", "state", "response", "approval/request", "question"]);

/** Everything that the robot writes. What cannot be sent now is not sent later: news that is old is told anew by `state`. */
export interface Outbox {
  report<Name extends keyof Reports>(name: Name, message: Reports[Name]): void;
  /** `text` is the event's JSON. */
  event(name: string, text: string): void;
  camera(name: string, timeMs: number, sequence: number, jpeg: Uint8Array): void;
  skillResponse(skill: string, message: SkillReport): void;
  skillProgress(skill: string, message: SkillProgressReport): void;
  bytes(topic: string, payload: Uint8Array): void;
}

const SURE_EVENTS: ReadonlySet<string> = new Set(["mission-start", "receipt", "mission-end"]);

export function createOutbox(link: MessageLink, robot: string): Outbox {
  return {
    report(name, message) {
      const options = { qos: SURE.has(name) ? 1 : 0, retain: RETAINED.has(name) } as const;
      link.publish(topicOf(robot, name), JSON.stringify(message), options);
    },
    event(name, text) {
      link.publish(topicOf(robot, `event/${name}`), text, { qos: SURE_EVENTS.has(name) ? 1 : 0 });
    },
    camera(name, timeMs, sequence, jpeg) {
      link.publish(topicOf(robot, `camera/${name}`), frameCamera(timeMs, sequence, jpeg));
    },
    skillResponse(skill, message) {
      link.publish(topicOf(robot, `skill/${skill}/response`), JSON.stringify(message), { qos: 1 });
    },
    skillProgress(skill, message) {
      link.publish(topicOf(robot, `skill/${skill}/progress`), JSON.stringify(message));
    },
    bytes(topic, payload) {
      link.publish(topicOf(robot, topic), payload);
    },
  };
}
