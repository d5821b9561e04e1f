import { z } from "zod";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { modelServerEntries } from "./model-entries.js";
import { transformersEntry } from "./transformers-entry.js";

export const askEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  transformersEntry(
    "chat",
    "SmolVLM, Qwen2-VL and other chat models that see, by the optional package @huggingface/transformers.",
  ),
  ...modelServerEntries,
]);
export type AskEntry = z.infer<typeof askEntrySchema>;

export const askSchema = backendsSchema(askEntrySchema, [{ type: "onboard" }]).describe(
  "Answers questions about pictures and clips.",
);
