import { z } from "zod";
import { captionSchema } from "./caption-schema.js";

/** What the robot does besides acting: one field a skill. */
export const skillsSchema = z.strictObject({
  folders: z
    .array(z.string().min(1))
    .max(32)
    .default([])
    .describe(
      "Folders whose files people far away may name in a skill's input, besides the artefacts and recordings in stateDir. Whoever sits at the machine may name any.",
    ),
  keepArtefactsMb: z
    .number()
    .positive()
    .default(2048)
    .describe("Megabytes of files that skills made, kept in stateDir/artefacts; beyond that the oldest runs go."),
  caption: captionSchema,
});
export type SkillsConfig = z.infer<typeof skillsSchema>;
