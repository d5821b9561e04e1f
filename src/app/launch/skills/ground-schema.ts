import { z } from "zod";
import { PROVIDERS } from "../../../adapters/open-weights/families.js";
import { backendsSchema } from "./backends-schema.js";

const modelDir = z
  .string()
  .min(1)
  .describe("Folder with model.json (the card) and the weights: a path, or the name of a pulled model.");
const providers = z.array(z.enum(PROVIDERS)).min(1).default(["cpu"]).describe("Where it runs, tried in this order.");
const score = z.number().gt(0).lt(1);

/** Outlines from another model for boxes that have none, or better ones. */
const masksSchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("sam").describe("Segment Anything (ONNX): vision_encoder and prompt_encoder_mask_decoder."),
      modelDir,
      providers,
    }),
  ])
  .optional()
  .describe("Who draws masks for this grounder's boxes. Default: the grounder itself, if it does.");

/** Grounders as back ends of skills: those that find things in the words of a request. */
export const grounderEntries = [
  z.strictObject({
    type: z.literal("onboard").describe("The launch file's own eyes; needs no network and no other weights."),
    masks: masksSchema,
  }),
  z.strictObject({
    type: z.literal("grounding-dino").describe("GroundingDINO (ONNX): finds what phrases name."),
    modelDir,
    boxThreshold: score.default(0.3).describe("Lowest score of a thing."),
    textThreshold: score.default(0.25).describe("From here on a word counts as seen."),
    providers,
    masks: masksSchema,
  }),
  z.strictObject({
    type: z.literal("owlv2").describe("OWLv2 (ONNX): finds what phrases name. Its scores are low by nature."),
    modelDir,
    boxThreshold: score.default(0.2).describe("Lowest score of a thing."),
    providers,
    masks: masksSchema,
  }),
  z.strictObject({
    type: z
      .literal("florence-2")
      .describe("Florence-2, by the optional package @huggingface/transformers. It gives no scores."),
    modelDir,
    score: score.default(0.5).describe("What is written down as the score of each thing."),
    dtype: z.enum(["fp32", "fp16", "q8", "q4"]).default("fp32").describe("Which of the folder's weights."),
    providers,
    masks: masksSchema,
  }),
] as const;

export const groundEntrySchema = z.discriminatedUnion("type", [...grounderEntries]);
export type GroundEntry = z.infer<typeof groundEntrySchema>;

export const groundSchema = backendsSchema(groundEntrySchema, [{ type: "onboard" }]).describe(
  "Finds what words mean in a picture: boxes, points, masks.",
);
