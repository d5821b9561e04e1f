import { Tensor } from "onnxruntime-node";
import { withoutDoubles } from "../boxes.js";
import { openGraph, type Signature } from "../open-graph.js";
import { sizeFor } from "../picture-size.js";
import { IMAGENET, toPlanes } from "../picture-tensor.js";
import { readPreprocessing, type Preprocessing } from "../preprocessor-config.js";
import { readWordPiece } from "../tokenizers/read-tokenizer.js";
import type { FoundPhrase } from "../weights-messages.js";
import type { LoadNet } from "../weights-net.js";
import { LONGEST_CAPTION, writeCaptions } from "./caption.js";
import { decodeDino } from "./decode-dino.js";

const any = undefined;
const SIGNATURE: Signature = {
  inputs: [
    { name: "pixel_values", type: "float32", shape: [any, 3, any, any] },
    { name: "input_ids", type: "int64", shape: [any, any] },
    { name: "token_type_ids", type: "int64", shape: [any, any], optional: true },
    { name: "attention_mask", type: "int64", shape: [any, any], optional: true },
    { name: "pixel_mask", type: "int64", shape: [any, any, any], optional: true },
  ],
  outputs: [
    { name: "logits", type: "float32", shape: [any, any, LONGEST_CAPTION] },
    { name: "pred_boxes", type: "float32", shape: [any, any, 4] },
  ],
};
const PREPROCESSING: Preprocessing = {
  ...IMAGENET,
  kernel: "linear",
  size: { shortest_edge: 800, longest_edge: 1333 },
};

/** GroundingDINO, tiny or base. */
export const loadGroundingDino: LoadNet<"grounding-dino"> = async (folder, options) => {
  const tokenizer = await readWordPiece(folder);
  const preprocessing = await readPreprocessing(folder, PREPROCESSING);
  const graph = await openGraph(folder.graph("model.onnx"), SIGNATURE, options);
  const { session, provider, skipped, hasInput } = graph;
  // All ones for a picture that is not padded, and the same for the next picture of this size.
  let mask: Tensor | undefined;
  let canvas: Float32Array<ArrayBuffer> | undefined;

  return {
    provider,
    skipped,
    async run({ picture, phrases, vocabulary, boxThreshold, textThreshold, nmsIou }) {
      const captions = writeCaptions(phrases, vocabulary, tokenizer);
      if (captions.length === 0) return [];
      const { width, height } = sizeFor(preprocessing.size, picture);
      canvas = toPlanes(picture, { width, height }, { ...preprocessing, reuse: canvas });
      const pixels = new Tensor("float32", canvas, [1, 3, height, width]);
      if (mask?.dims[1] !== height || mask.dims[2] !== width) {
        mask = new Tensor("int64", new BigInt64Array(width * height).fill(1n), [1, height, width]);
      }
      const found: FoundPhrase[] = [];
      for (const { ids, spans } of captions) {
        const row = (values: BigInt64Array): Tensor => new Tensor("int64", values, [1, ids.length]);
        const feeds: Record<string, Tensor> = {
          pixel_values: pixels,
          input_ids: row(BigInt64Array.from(ids, BigInt)),
        };
        if (hasInput("token_type_ids")) feeds["token_type_ids"] = row(new BigInt64Array(ids.length));
        if (hasInput("attention_mask")) feeds["attention_mask"] = row(new BigInt64Array(ids.length).fill(1n));
        if (hasInput("pixel_mask")) feeds["pixel_mask"] = mask;
        const { logits, pred_boxes: boxes } = await session.run(feeds);
        found.push(
          ...decodeDino({ logits: logits.data as Float32Array, boxes: boxes.data as Float32Array }, spans, {
            boxThreshold,
            textThreshold,
          }),
        );
      }
      return withoutDoubles(found, nmsIou);
    },
  };
};
