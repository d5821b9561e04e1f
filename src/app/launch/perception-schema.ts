import { z } from "zod";
import { PROVIDERS } from "../../adapters/open-weights/families.js";

const modelDirSchema = z
  .string()
  .min(1)
  .describe("Folder with model.json (the card) and the weights: a path, or the name of a pulled model.");

const providersSchema = z
  .array(z.enum(PROVIDERS))
  .min(1)
  .max(PROVIDERS.length)
  .default(["cpu"])
  .describe(
    'Where the network runs, tried in this order, for example ["cuda","cpu"]. Each one that cannot be had is reported; there is no fallback that is not named.',
  );

const depthSchema = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("sensor").describe("As the camera measured it.") }),
    z.strictObject({
      type: z.literal("onboard").describe("The project's own eyes estimate it from the picture."),
      modelDir: modelDirSchema.optional(),
    }),
    z.strictObject({
      type: z
        .literal("depth-anything-v2")
        .describe(
          "Depth Anything V2. Metric weights give metres; relative ones are fitted to the camera's depth or to known planes, else refused.",
        ),
      modelDir: modelDirSchema,
      planesM: z
        .array(z.number().min(-5).max(5))
        .max(8)
        .default([])
        .describe("Heights in metres of the horizontal surfaces in view, base frame: floor 0, table 0.72 ..."),
      scale: z.number().positive().max(10).default(1).describe("Factor on the metres of metric weights."),
      providers: providersSchema,
    }),
  ])
  .optional()
  .describe("Where depth comes from. Default: the camera where it measures depth, else the on-board eyes.");

const vocabularySchema = z
  .array(z.string().min(1).max(64))
  .max(64)
  .default([
    ..."bag mug can bottle apple banana lemon sponge box block bowl drawer sink shelf handle".split(" "),
    "square mat",
  ])
  .describe("Looked for in every picture, besides what the instruction names. English, as the weights are.");

const score = z.number().gt(0).lt(1);
const nmsIouSchema = score.default(0.7).describe("Boxes of one phrase that overlap more than this are one thing.");

/** Who finds things in pictures, by `type`. */
export const perceptionSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("onboard").describe("The project's own models, trained on its simulator."),
    modelDir: z
      .string()
      .optional()
      .describe("Folder with model.json and the weights; default: models/eyes of the package."),
    depth: depthSchema,
  }),
  z.strictObject({
    type: z.literal("grounding-dino").describe("GroundingDINO (ONNX): finds what phrases name."),
    modelDir: modelDirSchema,
    vocabulary: vocabularySchema,
    boxThreshold: score.default(0.3).describe("Lowest score of a thing."),
    textThreshold: score.default(0.25).describe("From here on a word counts as seen."),
    nmsIou: nmsIouSchema,
    providers: providersSchema,
    depth: depthSchema,
  }),
  z.strictObject({
    type: z.literal("owlv2").describe("OWLv2 (ONNX): finds what phrases name. Its scores are low by nature."),
    modelDir: modelDirSchema,
    vocabulary: vocabularySchema,
    boxThreshold: score.default(0.2).describe("Lowest score of a thing."),
    nmsIou: nmsIouSchema,
    providers: providersSchema,
    depth: depthSchema,
  }),
  z.strictObject({
    type: z
      .literal("florence-2")
      .describe(
        "Florence-2, by the optional package @huggingface/transformers. It gives no scores, and finds what is not there, too.",
      ),
    modelDir: modelDirSchema,
    vocabulary: vocabularySchema,
    score: score.default(0.5).describe("What is written down as the score of each thing, since the model gives none."),
    dtype: z.enum(["fp32", "fp16", "q8", "q4"]).default("fp32").describe("Which of the folder's weights."),
    providers: providersSchema,
    depth: depthSchema,
  }),
  z.strictObject({
    type: z.literal("oracle").describe("The simulator's truth. For comparison only; results are labelled oracle."),
  }),
]);
export type PerceptionConfig = z.infer<typeof perceptionSchema>;
export type DepthConfig = NonNullable<Exclude<PerceptionConfig, { type: "oracle" }>["depth"]>;
