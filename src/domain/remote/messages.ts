import { z } from "zod";
import { actionSchema } from "../action.js";

const finite = z.number().refine(Number.isFinite, "expected a finite number");
const id = z
  .string()
  .min(1)
  .max(80)
  .describe("Chosen by the sender, unique: a second message with it is not carried out.");
const when = z.iso.datetime({ offset: true });
const operator = z
  .string()
  .regex(/^[A-Za-z0-9][\w.@-]{0,63}$/)
  .describe("Who speaks; must be the broker's login where the broker has logins.");

/** Fields of every message that can have an effect. */
const signed = {
  id,
  operator,
  sentAt: when.describe("By the sender's clock."),
  expiresAt: when.describe("By the sender's clock; later than this it is refused, never queued."),
};

/** An instruction in words, or one action that a person chose in the picture. Exactly one of the two. */
export const commandMessageSchema = z
  .strictObject({
    ...signed,
    instruction: z.string().min(1).max(2000).optional().describe("What to do, in English or Chinese."),
    action: actionSchema.optional().describe("One action, for example a grasp that was clicked in the picture."),
  })
  .refine((message) => (message.instruction === undefined) !== (message.action === undefined), {
    message: "expected either instruction or action",
  });

export const answerMessageSchema = z.strictObject({
  ...signed,
  questionId: z.string().max(80).describe("From `question`."),
  text: z.string().min(1).max(500),
});

export const approvalResponseSchema = z.strictObject({
  ...signed,
  requestId: z.string().max(80).describe("From `approval/request`."),
  digest: z.string().max(80).describe("From `approval/request`: the very action that is allowed."),
  decision: z.enum(["approved", "denied"]),
});

export const leaseMessageSchema = z.strictObject({
  operator,
  sentAt: when.describe("By the sender's clock; the robot learns from it how far that clock is off."),
  want: z.enum(["acquire", "renew", "release"]),
});

export const jogMessageSchema = z.strictObject({
  operator,
  sentAt: when,
  sequence: z.int().min(0).describe("Counts up while the key is held; older ones are ignored."),
  velocityMps: z
    .tuple([finite.min(-1).max(1), finite.min(-1).max(1), finite.min(-1).max(1)])
    .describe("Tool, base frame, m/s; zeros let go. Counts for 300 ms."),
});

/** Arm, hold, resume and reset carry nothing but who and when. `stop` needs nothing at all: its arrival is the message. */
export const plainMessageSchema = z.strictObject({ ...signed, reason: z.string().max(200).optional() });

const point = z.tuple([finite, finite, finite]);
export const keepOutMessageSchema = z.strictObject({
  ...signed,
  zones: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        center: point.describe("Middle of the box, odometry frame, metres."),
        sizeM: z.tuple([finite.positive(), finite.positive(), finite.positive()]),
        yawRad: finite.default(0),
      }),
    )
    .max(64)
    .describe("All boxes: those that are not named are taken away."),
});

/** Header of an `audio` message; the sound follows as a WAV file. */
export const audioHeaderSchema = z.strictObject({
  ...signed,
  language: z.string().max(20).optional().describe("BCP 47, where it is known."),
  purpose: z.enum(["command", "answer"]).default("command"),
  questionId: z.string().max(80).optional(),
});

export const skillRequestSchema = z.strictObject({
  ...signed,
  input: z.unknown().describe("As the skill's own schema says."),
  backend: z.string().max(60).optional(),
});

/** The `id` is that of the request which is called off. */
export const skillCancelSchema = z.strictObject({
  ...signed,
  id: z.string().min(1).max(80).describe("Of the request that is called off."),
});

export const INBOUND_SCHEMAS = {
  command: commandMessageSchema,
  answer: answerMessageSchema,
  "approval/response": approvalResponseSchema,
  lease: leaseMessageSchema,
  jog: jogMessageSchema,
  arm: plainMessageSchema,
  hold: plainMessageSchema,
  resume: plainMessageSchema,
  reset: plainMessageSchema,
  "keep-out": keepOutMessageSchema,
  audio: audioHeaderSchema,
  skill: skillRequestSchema,
  "skill-cancel": skillCancelSchema,
} as const;

export type CommandMessage = z.infer<typeof commandMessageSchema>;
export type AnswerMessage = z.infer<typeof answerMessageSchema>;
export type ApprovalResponse = z.infer<typeof approvalResponseSchema>;
export type LeaseMessage = z.infer<typeof leaseMessageSchema>;
export type JogMessage = z.infer<typeof jogMessageSchema>;
export type KeepOutMessage = z.infer<typeof keepOutMessageSchema>;
export type AudioHeader = z.infer<typeof audioHeaderSchema>;
export type SkillCancel = z.infer<typeof skillCancelSchema>;
export type SkillRequest = z.infer<typeof skillRequestSchema>;
