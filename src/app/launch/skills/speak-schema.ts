import { speakerConfigSchema } from "../../../adapters/speech/config-schema.js";
import { backendsSchema } from "./backends-schema.js";

/** The same entries as `speech.speaker` has. */
export const speakEntrySchema = speakerConfigSchema;
export type { SpeakerConfig as SpeakEntry } from "../../../adapters/speech/config-schema.js";

export const speakSchema = backendsSchema(speakEntrySchema, [{ type: "flite" }, { type: "espeak-ng" }]).describe(
  "Turns text into a WAV file.",
);
