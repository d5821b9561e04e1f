import { z } from "zod";
import {
  speakerConfigSchema,
  transcriberConfigSchema,
  type SpeakerConfig,
} from "../../adapters/speech/config-schema.js";

/** One speaker, or several in the order in which they are asked when the one before cannot speak. */
const speakerSchema = z.union([speakerConfigSchema, z.array(speakerConfigSchema).min(1).max(4)]);

/** Ears and voice. */
export const speechSchema = z.strictObject({
  transcriber: transcriberConfigSchema.prefault({ type: "onboard" }).describe("Who turns what is said into words."),
  speaker: speakerSchema
    .prefault({ type: "flite" })
    .describe(
      "Who speaks what the robot says, where it is heard: one, or a list in the order in which they are asked.",
    ),
});
export type SpeechConfig = z.infer<typeof speechSchema>;

export const speakersOf = (speaker: SpeechConfig["speaker"]): readonly SpeakerConfig[] =>
  Array.isArray(speaker) ? speaker : [speaker];
