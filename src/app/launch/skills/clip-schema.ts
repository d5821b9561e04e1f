import { z } from "zod";
import { comfyClipConfigSchema } from "../../../adapters/comfyui/config-schema.js";
import { videosConfigSchema } from "../../../adapters/openai-media/config-schema.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";

export const clipEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  comfyClipConfigSchema,
  videosConfigSchema,
]);
export type ClipEntry = z.infer<typeof clipEntrySchema>;

export const clipSchema = backendsSchema(clipEntrySchema, [{ type: "onboard" }]).describe(
  "Makes short videos: rehearsals in simulation, highlights of recordings, and, with a server, generated ones.",
);
