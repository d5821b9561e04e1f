import { z } from "zod";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { modelServerEntries } from "./model-entries.js";
import { transformersEntry } from "./transformers-entry.js";

export const evaluateEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  transformersEntry(
    "chat",
    "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
  ),
  ...modelServerEntries,
]);
export type EvaluateEntry = z.infer<typeof evaluateEntrySchema>;

export const evaluateSchema = backendsSchema(evaluateEntrySchema, [{ type: "onboard" }]).describe(
  "Scores a model that answers questions about pictures; the back end is who is examined.",
);
