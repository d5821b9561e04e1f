import { z } from "zod";
import { animateSchema } from "./animate-schema.js";
import { askSchema } from "./ask-schema.js";
import { captionSchema } from "./caption-schema.js";
import { clipSchema } from "./clip-schema.js";
import { depthSchema } from "./depth-schema.js";
import { evaluateSchema } from "./evaluate-schema.js";
import { findSchema } from "./find-schema.js";
import { groundSchema } from "./ground-schema.js";
import { hearSchema } from "./hear-schema.js";
import { listenSchema } from "./listen-schema.js";
import { moderateSchema } from "./moderate-schema.js";
import { musicSchema } from "./music-schema.js";
import { pictureSchema } from "./picture-schema.js";
import { speakSchema } from "./speak-schema.js";
import { tableSchema } from "./table-schema.js";
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
  keepArtefactsMb: z
    .number()
    .positive()
    .default(2048)
    .describe("Megabytes of files that skills made, kept in stateDir/artefacts; beyond that the oldest runs go."),
  animate: animateSchema,
  ask: askSchema,
  caption: captionSchema,
  clip: clipSchema,
  depth: depthSchema,
  evaluate: evaluateSchema,
  find: findSchema,
  ground: groundSchema,
  hear: hearSchema,
  listen: listenSchema,
  moderate: moderateSchema,
  music: musicSchema,
  picture: pictureSchema,
  speak: speakSchema,
  table: tableSchema,
  track: trackSchema,
});
export type SkillsConfig = z.infer<typeof skillsSchema>;
