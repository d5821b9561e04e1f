import { z } from "zod";
import { Tensor } from "onnxruntime-node";
import { ControllerError } from "../../../domain/errors.js";
import { openGraph, type Signature } from "../open-graph.js";
import { sizeFor } from "../picture-size.js";
import { IMAGENET, toPlanes } from "../picture-tensor.js";
import { readPreprocessing, type Preprocessing } from "../preprocessor-config.js";
import type { WeightsFolder } from "../weights-folder.js";
import type { LoadNet } from "../weights-net.js";
import { decodeTable } from "./decode-table.js";

const any = undefined;
const SIGNATURE: Signature = {
  inputs: [
    { name: "pixel_values", type: "float32", shape: [any, 3, any, any] },
    { name: "pixel_mask", type: "int64", shape: [any, any, any], optional: true },
  ],
  outputs: [
    { name: "logits", type: "float32", shape: [any, any, any] },
    { name: "pred_boxes", type: "float32", shape: [any, any, 4] },
  ],
};
const PREPROCESSING: Preprocessing = { ...IMAGENET, kernel: "linear", size: { longest_edge: 800 } };
/** Some exports fix the mask at this size, whatever the picture's. */
const MASK_SIDE = 64;

const configSchema = z.looseObject({ id2label: z.record(z.string().regex(/^\d+$/), z.string()) });

/** Classes by the folder's config.json or the card's labels. Without them a number could mean anything. */
async function labelsOf(folder: WeightsFolder): Promise<readonly string[]> {
  const parsed = configSchema.safeParse((await folder.readJson("config.json")) ?? {});
  const named = parsed.success
    ? Object.entries(parsed.data.id2label)
        .sort(([a], [b]) => Number(a) - Number(b))
        .map(([, label]) => label)
    : (folder.card.labels["class"] ?? []);
  if (named.length > 0) return named;
  throw new ControllerError(
    "model-damaged",
    `Model "${folder.card.name}" does not say what its classes mean: expected id2label in config.json, or labels.class in the card.`,
    { details: { reason: "labels" } },
  );
}

/** Table Transformer: detection of tables, or of a table's structure, as the weights are. */
export const loadTableTransformer: LoadNet<"table-transformer"> = async (folder, options) => {
  const labels = await labelsOf(folder);
  const preprocessing = await readPreprocessing(folder, PREPROCESSING);
  const { session, provider, skipped, hasInput } = await openGraph(folder.graph("model.onnx"), SIGNATURE, options);
  return {
    provider,
    skipped,
    async run({ picture, scoreThreshold }) {
      const { width, height } = sizeFor(preprocessing.size, picture);
      const ones = new BigInt64Array(MASK_SIDE * MASK_SIDE).fill(1n);
      const output = await session.run({
        pixel_values: new Tensor("float32", toPlanes(picture, { width, height }, preprocessing), [1, 3, height, width]),
        ...(hasInput("pixel_mask") ? { pixel_mask: new Tensor("int64", ones, [1, MASK_SIDE, MASK_SIDE]) } : {}),
      });
      const classes = output["logits"].dims[2];
      if (classes !== labels.length + 1) {
        throw new ControllerError(
          "model-damaged",
          `Model "${folder.card.name}" answers with ${classes} classes; its config.json names ${labels.length} and one more is "nothing".`,
          { details: { reason: "labels" } },
        );
      }
      const data = (name: string): Float32Array => output[name].data as Float32Array;
      return decodeTable(data("logits"), data("pred_boxes"), { labels, scoreThreshold });
    },
  };
};
