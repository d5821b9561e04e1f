import { z } from "zod";

const vec3 = z.tuple([z.number(), z.number(), z.number()]);
const words = z.array(z.tuple([z.string(), z.number()]));

/** What lies beside each picture. Files come from the disk, so they are read as strictly as any other input. */
export const entrySchema = z.object({
  id: z.string().regex(/^[0-9TZ]+-[0-9a-f]+$/),
  seenAtMs: z.number(),
  origin: z.string(),
  calibrated: z.boolean(),
  caption: z.object({ en: z.string(), zh: z.string() }),
  things: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      phrase: z.string().optional(),
      box: z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() }),
      score: z.number(),
      attributes: z.object({ kind: words, color: words, state: words.optional() }).optional(),
      point: z.object({ x: z.number(), y: z.number(), z: z.number() }),
      positionInBase: vec3,
      extentInBase: z.object({ center: vec3, sizeM: vec3, yawRad: z.number() }),
      seenInFrame: z.number(),
      ageS: z.number(),
      held: z.literal(true).optional(),
    }),
  ),
  sketch: z.array(z.number()),
});
