import { z } from "zod";
import { audioChatConfigSchema } from "../../../adapters/listening/config-schema.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { transformersEntry } from "./transformers-entry.js";

export const listenEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  transformersEntry("clap", "CLAP, by the optional package @huggingface/transformers; for events only.").extend({
    labels: z
      .array(z.string().min(1).max(80))
      .min(2)
      .max(200)
      .optional()
      .describe("What it listens for where a request names nothing; default: 40 sounds of homes and workshops."),
    threshold: z.number().min(0).max(1).default(0.25).describe("Least share of the labels' sum that makes an event."),
  }),
  audioChatConfigSchema,
]);
export type ListenEntry = z.infer<typeof listenEntrySchema>;

export const listenSchema = backendsSchema(listenEntrySchema, [{ type: "onboard" }]).describe(
  "Tells what a sound is: captions, answers, events.",
);
