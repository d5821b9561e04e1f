import { z } from "zod";
import { comfyAnimateConfigSchema } from "../../../adapters/comfyui/config-schema.js";
import { omniAnimateConfigSchema } from "../../../adapters/openai-media/config-schema.js";
import { backendsSchema } from "./backends-schema.js";

export const animateEntrySchema = z.discriminatedUnion("type", [comfyAnimateConfigSchema, omniAnimateConfigSchema]);
export type AnimateEntry = z.infer<typeof animateEntrySchema>;

export const animateSchema = backendsSchema(animateEntrySchema, [{ type: "comfyui" }]).describe(
  "Has a picture follow a video's motion, or talk. Nothing on board can: it needs a server.",
);
