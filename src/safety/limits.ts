import { z } from "zod";

const finite = z.number().refine(Number.isFinite, "expected a finite number");
const point = z.tuple([finite, finite, finite]);
const size = z.tuple([finite.positive(), finite.positive(), finite.positive()]);

export const keepOutSchema = z.strictObject({
  name: z.string().min(1).max(60).describe("What it protects; refusals name it."),
  center: point.describe("Middle of the box, metres."),
  sizeM: size.describe("Full lengths along the box's own x and y, and along z, metres."),
  yawRad: finite.default(0).describe("Direction of the box's x axis in the xy plane, radians."),
});

/** What is never done, whoever asks. Set by people in the launch file; nothing that a model, a picture or a message says changes it. */
export const safetyLimitsSchema = z.strictObject({
  workspace: z
    .strictObject({
      min: point.describe("Lowest corner, metres."),
      max: point.describe("Highest corner, metres."),
    })
    .refine((box) => box.min.every((v, i) => v < box.max[i]), "every coordinate of min must be below that of max")
    .default({ min: [-0.6, -1, 0.4], max: [1.05, 1, 1.9] })
    .describe("Box in the base frame that the tool centre point and every target must stay in."),
  keepOut: z
    .array(keepOutSchema)
    .max(64)
    .default([])
    .describe(
      "Boxes that no part of arm, hand or held load may enter. They are fixed in the room: given in the base frame as it was at the start (the odometry frame), and they stay when the base drives.",
    ),
  marginM: finite.min(0).max(0.5).default(0.02).describe("Least distance kept from keep-out boxes, metres."),
  maxSpeedMps: finite.positive().default(0.6).describe("Highest commanded speed of the tool, m/s."),
  maxJointSpeedRadps: finite.positive().default(1.6).describe("Highest commanded joint speed, rad/s."),
  maxForceN: finite.positive().default(60).describe("Highest commanded gripper force, newtons."),
  maxSteps: z.int().positive().max(40).default(20).describe("Most steps in one plan."),
  maxFrameAgeMs: finite
    .positive()
    .default(15_000)
    .describe(
      "A plan must rest on a picture no older than this; commands too, where the guard is told the age of the newest picture.",
    ),
  maxDepthDisagreementM: finite
    .positive()
    .default(0.08)
    .describe("Most distance between a pointed-at place and the measured body of the thing named, metres."),
  forbiddenLabels: z
    .array(z.string().min(1).max(60))
    .default([])
    .describe('Things never touched, in words; "knife" also forbids "red knife".'),
  commandsPerSecond: finite.positive().default(20).describe("Most commands in any second, halts not counted."),
  approve: z
    .enum(["auto", "risky", "always"])
    .default("auto")
    .describe("Whether a person is asked first: never, for risky actions, or for every action that moves something."),
});
export type SafetyLimits = z.infer<typeof safetyLimitsSchema>;
export type KeepOutZone = z.infer<typeof keepOutSchema>;

/** Limits with every field at its default but those given. Throws a `ZodError` on a bad field. */
export const safetyLimits = (overrides: z.input<typeof safetyLimitsSchema> = {}): SafetyLimits =>
  safetyLimitsSchema.parse(overrides);
