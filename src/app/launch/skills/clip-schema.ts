import { z } from "zod";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";

export const clipEntrySchema = z.discriminatedUnion("type", [onboardEntrySchema]);
export type ClipEntry = z.infer<typeof clipEntrySchema>;

export const clipSchema = backendsSchema(clipEntrySchema, [{ type: "onboard" }]).describe(
  "Makes short videos: rehearsals in simulation, highlights of recordings, and, with a server, generated ones.",
);
