import { z } from "zod";
import { ownEndpointConfigSchema, vllmOmniMusicConfigSchema } from "../../../adapters/music/config-schema.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { transformersEntry } from "./transformers-entry.js";

export const musicEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  transformersEntry("musicgen", "MusicGen on this machine, by the optional package @huggingface/transformers."),
  vllmOmniMusicConfigSchema,
  ownEndpointConfigSchema,
]);
export type MusicEntry = z.infer<typeof musicEntrySchema>;

export const musicSchema = backendsSchema(musicEntrySchema, [{ type: "onboard" }]).describe(
  "Makes music or a sound from a description.",
);
