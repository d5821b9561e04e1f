import { z } from "zod";
import { askSchema } from "./ask-schema.js";
import { captionSchema } from "./caption-schema.js";
import { depthSchema } from "./depth-schema.js";
import { groundSchema } from "./ground-schema.js";
import { trackSchema } from "./track-schema.js";

/** What the robot does besides acting: one field a skill. */
export const skillsSchema = z.strictObject({
  folders: z
    .array(z.string().min(1))
    .max(32)
    .default([])
    .describe(
      "Folders whose files people far away may name in a skill's input, besides the artefacts and recordings in stateDir. Whoever sits at the machine may name any.",
    ),
  ask: askSchema,
  caption: captionSchema,
  depth: depthSchema,
  ground: groundSchema,
  track: trackSchema,
});
export type SkillsConfig = z.infer<typeof skillsSchema>;
