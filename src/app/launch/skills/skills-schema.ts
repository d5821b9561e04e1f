import { z } from "zod";
import { captionSchema } from "./caption-schema.js";
import { evaluateSchema } from "./evaluate-schema.js";
import { clipSchema } from "./clip-schema.js";
import { findSchema } from "./find-schema.js";
import { moderateSchema } from "./moderate-schema.js";
import { hearSchema } from "./hear-schema.js";
import { listenSchema } from "./listen-schema.js";
import { musicSchema } from "./music-schema.js";
import { speakSchema } from "./speak-schema.js";
import { tableSchema } from "./table-schema.js";

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
  evaluate: evaluateSchema,
  clip: clipSchema,
  find: findSchema,
  moderate: moderateSchema,
  hear: hearSchema,
  listen: listenSchema,
  music: musicSchema,
  speak: speakSchema,
  table: tableSchema,
});
export type SkillsConfig = z.infer<typeof skillsSchema>;
