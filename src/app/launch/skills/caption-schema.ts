import { z } from "zod";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { modelServerEntries } from "./model-entries.js";
import { transformersEntry } from "./transformers-entry.js";

export const captionEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  transformersEntry("florence-2", "Florence-2, by the optional package @huggingface/transformers."),
  transformersEntry(
    "chat",
    "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
  ),
  ...modelServerEntries,
]);
export type CaptionEntry = z.infer<typeof captionEntrySchema>;

export const captionSchema = backendsSchema(captionEntrySchema, [{ type: "onboard" }]).describe(
  "Tells what a picture shows.",
);
