import { z } from "zod";

const finite = z.number().refine(Number.isFinite, "expected a finite number");
export const vec3Schema = z.tuple([finite, finite, finite]);
export const poseSchema = z.strictObject({
  position: vec3Schema,
  orientation: z.tuple([finite, finite, finite, finite]),
});

/** What reaches the robot: the only things that a guarded robot carries out. */
export const commandSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("move-tool"), poseInBase: poseSchema, speedMps: finite.positive() }),
  z.strictObject({ type: z.literal("move-joints"), positions: z.array(finite), speedRadps: finite.positive() }),
  z.strictObject({ type: z.literal("set-gripper"), widthM: finite.min(0), forceN: finite.positive() }),
  z.strictObject({
    type: z.literal("move-base"),
    poseInOdom: z.strictObject({ xM: finite, yM: finite, yawRad: finite }),
  }),
  z.strictObject({ type: z.literal("look"), panRad: finite, tiltRad: finite }),
]);
export type Command = z.infer<typeof commandSchema>;
