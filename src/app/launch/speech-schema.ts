import { z } from "zod";
import { speakerConfigSchema, transcriberConfigSchema } from "../../adapters/speech/config-schema.js";

/** Ears and voice. */
export const speechSchema = z.strictObject({
  transcriber: transcriberConfigSchema.prefault({ type: "onboard" }).describe("Who turns what is said into words."),
  speaker: speakerConfigSchema
    .prefault({ type: "flite" })
    .describe("Who speaks what the robot says, where it is heard."),
});
export type SpeechConfig = z.infer<typeof speechSchema>;
