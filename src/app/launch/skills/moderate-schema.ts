import { z } from "zod";
import { moderationConfigSchema } from "../../../adapters/moderation/config-schema.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";

export const moderateEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  ...moderationConfigSchema.options,
]);
export type ModerateEntry = z.infer<typeof moderateEntrySchema>;

export const moderateSchema = backendsSchema(moderateEntrySchema, [{ type: "onboard" }]).describe(
  "Judges words and pictures that somebody asks about.",
);
