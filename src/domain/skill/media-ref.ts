import { z } from "zod";

/** 48 MiB of bytes as base64. */
const MAX_BASE64 = 64 * 1024 * 1024;
const pathSchema = z.string().min(1).max(4096);
const dataSchema = z.base64().max(MAX_BASE64).describe("The file's bytes, base64.");

/** Marks a field of a skill's JSON schema as a medium, for pages that make forms of schemas. */
const medium = (kind: "picture" | "sound" | "clip" | "file") => ({ "x-media": kind });

/** Where a picture comes from. A bare string is a path. */
export const pictureRefSchema = z
  .union([
    pathSchema.describe("Path of a picture (JPEG, PNG, WebP, TIFF, GIF)."),
    z.strictObject({ camera: z.enum(["head", "wrist"]).describe("The newest picture of a robot's camera.") }),
    z.strictObject({ data: dataSchema }),
    z.strictObject({
      recording: pathSchema.describe("Path of a recording (MCAP)."),
      atS: z.number().min(0).describe("Seconds from its start; the picture shown at that time."),
    }),
  ])
  .meta(medium("picture"));
export type PictureRef = z.infer<typeof pictureRefSchema>;

/** What a skill looks at when nothing is said. */
export const HEAD_CAMERA: PictureRef = { camera: "head" };

/** Where a sound comes from: a WAV file. */
export const soundRefSchema = z
  .union([pathSchema.describe("Path of a sound (WAV)."), z.strictObject({ data: dataSchema })])
  .meta(medium("sound"));
export type SoundRef = z.infer<typeof soundRefSchema>;

/** Where moving pictures come from: a recording, a video, an animated picture, or a robot's camera for some seconds from now on. */
export const clipRefSchema = z
  .union([
    pathSchema.describe("Path of a recording (MCAP), a video (MP4) or an animated picture (GIF, WebP)."),
    z.strictObject({ data: dataSchema }),
    z.strictObject({
      camera: z.enum(["head", "wrist"]),
      forS: z.number().positive().max(600).describe("Seconds of the robot's time, from now on."),
    }),
  ])
  .meta(medium("clip"));
export type ClipRef = z.infer<typeof clipRefSchema>;

/** Where any other file comes from, such as a PDF. */
export const fileRefSchema = z
  .union([pathSchema.describe("Path of a file."), z.strictObject({ data: dataSchema })])
  .meta(medium("file"));
export type FileRef = z.infer<typeof fileRefSchema>;
