import { z } from "zod";
import { PROVIDERS } from "../../../adapters/open-weights/families.js";
import { backendsSchema, onboardEntrySchema } from "./backends-schema.js";
import { modelServerEntries } from "./model-entries.js";
import { transformersEntry } from "./transformers-entry.js";

const weights = (what: string) =>
  z
    .string()
    .min(1)
    .describe(`Folder with model.json (the card) and the weights of ${what}: a path, or the name of a pulled model.`);

/** Who reads the words of a page that has no text layer. */
const wordsSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none").describe("Nobody: only PDFs with a text layer give words.") }),
  transformersEntry("florence-2", "Florence-2, by the optional package @huggingface/transformers."),
  ...modelServerEntries,
]);

export const tableEntrySchema = z.discriminatedUnion("type", [
  onboardEntrySchema,
  z.strictObject({
    type: z
      .literal("table-transformer")
      .describe("Table Transformer finds tables, rows and columns; somebody else reads the words."),
    detectionDir: weights("the detection model")
      .optional()
      .describe("Finds tables on a page; without it the whole picture is one table."),
    structureDir: weights("the structure model"),
    providers: z.array(z.enum(PROVIDERS)).min(1).default(["cpu"]).describe("Where they run, tried in this order."),
    words: wordsSchema.prefault({ type: "none" }).describe("Who reads the words of a page that has no text layer."),
  }),
  ...modelServerEntries,
]);
export type TableEntry = z.infer<typeof tableEntrySchema>;

export const tableSchema = backendsSchema(tableEntrySchema, [{ type: "onboard" }]).describe(
  "Reads tables out of PDFs and pictures of pages.",
);
