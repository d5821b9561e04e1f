import { transcriberConfigSchema } from "../../../adapters/speech/config-schema.js";
import { backendsSchema } from "./backends-schema.js";

/** The same entries as `speech.transcriber` has. */
export const hearEntrySchema = transcriberConfigSchema;
export type { TranscriberConfig as HearEntry } from "../../../adapters/speech/config-schema.js";

export const hearSchema = backendsSchema(hearEntrySchema, [{ type: "onboard" }]).describe(
  "Writes down what is said in a sound.",
);
