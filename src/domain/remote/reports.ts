import { z } from "zod";
import { actionSchema } from "../action.js";
import { skillProgressSchema, skillResponseSchema } from "../skill/skill-messages.js";
import { ROLES } from "./roles.js";

const vec3 = z.tuple([z.number(), z.number(), z.number()]);
const when = z.iso.datetime({ offset: true }).describe("By the robot's clock.");

/** `status`, retained: whether the robot's program is there. The broker publishes `online: false` when its link breaks. */
export const statusReportSchema = z.strictObject({
  online: z.boolean(),
  robot: z.string(),
  version: z.string().optional(),
  startedAt: when.optional(),
});

const zone = z.strictObject({ name: z.string(), center: vec3, sizeM: vec3, yawRad: z.number() });

/** `state`, retained: all that somebody who comes later needs to know. */
export const stateReportSchema = z.strictObject({
  robot: z.string(),
  kind: z.string().describe("`sim`, `ros` ..."),
  at: when,
  task: z.string().describe("What the mission is doing: disarmed, ready, perceiving, planning ..."),
  safety: z.enum(["nominal", "held", "stopped"]),
  mission: z
    .strictObject({ id: z.string(), instruction: z.string(), operator: z.string(), startedAt: when })
    .optional()
    .describe("The mission that runs."),
  last: z
    .strictObject({
      id: z.string(),
      instruction: z.string(),
      outcome: z.string(),
      grade: z.string(),
      message: z.string(),
    })
    .optional()
    .describe("How the mission before ended. Only the grade `verified` is a success."),
  lease: z
    .strictObject({ operator: z.string(), role: z.enum(ROLES), since: when, hasHeartbeat: z.boolean() })
    .optional()
    .describe("Who drives."),
  approve: z.enum(["auto", "risky", "always"]),
  keepOut: z.array(zone).describe("Odometry frame, metres."),
  interrupted: z.string().optional().describe("The instruction that a restart interrupted; never resumed by itself."),
  planner: z.string().optional(),
  perception: z.string().optional(),
});

/** `pose`: where the robot is, several times a second. */
export const poseReportSchema = z.strictObject({
  timeMs: z.number().describe("Mission's clock."),
  toolPosition: vec3.describe("Base frame, metres."),
  base: z.strictObject({ xM: z.number(), yM: z.number(), yawRad: z.number() }),
  gripperWidthM: z.number(),
  inContact: z.boolean(),
  stopped: z.boolean(),
});

/** `overlay`: what was seen in the last look, to be drawn into the picture. */
export const overlayReportSchema = z.strictObject({
  sequence: z.int(),
  camera: z.string(),
  view: z
    .strictObject({
      width: z.number(),
      height: z.number(),
      intrinsics: z.strictObject({ fx: z.number(), fy: z.number(), cx: z.number(), cy: z.number() }),
      poseInBase: z.strictObject({
        position: vec3,
        orientation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      }),
    })
    .describe("Enough to project metres into the picture."),
  base: z.strictObject({ xM: z.number(), yM: z.number(), yawRad: z.number() }),
  things: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      score: z.number(),
      box: z.strictObject({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() }),
      point: z.strictObject({ x: z.number(), y: z.number(), z: z.number() }),
      positionInBase: vec3,
      sizeM: vec3,
      held: z.boolean().optional(),
      ageS: z.number(),
    }),
  ),
  path: z
    .array(z.strictObject({ x: z.number(), y: z.number(), z: z.number(), label: z.string() }))
    .describe("Where the planned steps lead, in order."),
});

/** `response`: what became of a message, once. */
export const responseReportSchema = z.strictObject({
  id: z.string().optional(),
  topic: z.string().describe("Of the message that is answered: command, answer, lease ..."),
  operator: z.string().optional(),
  accepted: z.boolean(),
  code: z.string().optional(),
  message: z.string().optional(),
  at: when,
});

/** `approval/request`: an action that waits for a person's word. An empty `waiting` card means that it was answered or has expired. */
export const approvalReportSchema = z.strictObject({
  id: z.string(),
  digest: z.string().describe("To be sent back: an answer counts for this very action alone."),
  waiting: z.boolean(),
  outcome: z.string().optional().describe("approved, denied or expired, when it waits no more."),
  step: z.int().optional(),
  instruction: z.string().optional(),
  action: actionSchema.optional(),
  reason: z.string().optional(),
  point: z.strictObject({ x: z.number(), y: z.number(), z: z.number() }).optional(),
  positionInBase: vec3.optional(),
  marginM: z.number().nullable().optional().describe("To the nearest keep-out box; null without any."),
  expiresAt: when.optional(),
  picture: z.string().optional().describe("The picture that the action rests on: JPEG, base64."),
});

export const questionReportSchema = z.strictObject({
  id: z.string(),
  waiting: z.boolean(),
  question: z.string().optional(),
  choices: z.array(z.string()).optional(),
});

/** `transcript`: what was heard, before anything comes of it. */
export const transcriptReportSchema = z.strictObject({
  id: z.string(),
  operator: z.string(),
  text: z.string(),
  language: z.string().optional(),
  confidence: z.number().optional(),
  purpose: z.enum(["command", "answer", "stop"]),
  at: when,
});

const asked = { id: z.string().describe("Of the request."), operator: z.string(), at: when };
const [served, failed] = skillResponseSchema.options;

/** Below `skill/<name>/`. */
export const SKILL_SCHEMAS = {
  response: z.discriminatedUnion("ok", [served.extend(asked), failed.extend(asked)]),
  progress: skillProgressSchema.extend(asked),
} as const;
export type SkillReport = z.infer<typeof SKILL_SCHEMAS.response>;
export type SkillProgressReport = z.infer<typeof SKILL_SCHEMAS.progress>;

export const OUTBOUND_SCHEMAS = {
  status: statusReportSchema,
  state: stateReportSchema,
  pose: poseReportSchema,
  overlay: overlayReportSchema,
  response: responseReportSchema,
  "approval/request": approvalReportSchema,
  question: questionReportSchema,
  transcript: transcriptReportSchema,
} as const;

export type StatusReport = z.infer<typeof statusReportSchema>;
export type StateReport = z.infer<typeof stateReportSchema>;
export type PoseReport = z.infer<typeof poseReportSchema>;
export type OverlayReport = z.infer<typeof overlayReportSchema>;
export type ResponseReport = z.infer<typeof responseReportSchema>;
export type ApprovalReport = z.infer<typeof approvalReportSchema>;
export type QuestionReport = z.infer<typeof questionReportSchema>;
export type TranscriptReport = z.infer<typeof transcriptReportSchema>;
