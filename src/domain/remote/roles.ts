import type { InboundTopic } from "./topics.js";

/** viewer: looks, and can stop. operator: commands, answers, approves, jogs. supervisor: also zones, resets, takes the lease over. */
export const ROLES = ["viewer", "operator", "supervisor"] as const;
export type Role = (typeof ROLES)[number];

/** The least role for a message. Stop is everybody's. */
export const NEEDED: Readonly<Record<InboundTopic | "skill" | "skill-cancel", Role>> = {
  stop: "viewer",
  command: "operator",
  answer: "operator",
  "approval/response": "operator",
  lease: "operator",
  jog: "operator",
  hold: "operator",
  resume: "operator",
  reset: "operator",
  audio: "operator",
  skill: "operator",
  "skill-cancel": "operator",
  arm: "supervisor",
  "keep-out": "supervisor",
};

export const mayDo = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);
