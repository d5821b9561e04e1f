import { z } from "zod";
import { PROVIDERS } from "../../../adapters/open-weights/families.js";

/** Weights that the optional package @huggingface/transformers runs, from a folder. */
export const transformersEntry = <Type extends string>(type: Type, description: string) =>
  z.strictObject({
    type: z.literal(type).describe(description),
    modelDir: z
      .string()
      .min(1)
      .describe("Folder with model.json (the card) and the weights: a path, or the name of a pulled model."),
    dtype: z.enum(["fp32", "fp16", "q8", "q4"]).default("fp32").describe("Which of the folder's weights."),
    providers: z.array(z.enum(PROVIDERS)).min(1).default(["cpu"]).describe("Where they run, tried in this order."),
  });
