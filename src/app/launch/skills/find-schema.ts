import { z } from "zod";
import { PROVIDERS } from "../../../adapters/open-weights/families.js";
import { vectorStoreSchema } from "../../../adapters/vector-store/config-schema.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";

export const findEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  z.strictObject({
    type: z
      .literal("clip")
      .describe("Besides the on-board search, vectors of a CLIP: finds by words that the eyes do not know."),
    modelDir: z
      .string()
      .min(1)
      .describe("Folder with model.json (the card) and the weights: a path, or the name of a pulled model."),
    providers: z.array(z.enum(PROVIDERS)).min(1).default(["cpu"]).describe("Where they run, tried in this order."),
    store: vectorStoreSchema.prefault({ type: "folder" }).describe("Where the vectors are kept."),
  }),
]);
export type FindEntry = z.infer<typeof findEntrySchema>;

export const findSchema = backendsSchema(findEntrySchema, [{ type: "onboard" }])
  .unwrap()
  .extend({
    remember: z.boolean().default(true).describe("Whether `serve` remembers what missions look at."),
    everyS: z.number().min(0).max(3600).default(5).describe("Seconds between two looks that are remembered, at least."),
    most: z
      .int()
      .min(1)
      .max(100_000)
      .default(2_000)
      .describe("Pictures that are kept, some 60 KB each; with the next one the oldest leaves."),
  })
  .prefault({})
  .describe("Searches what was seen.");
