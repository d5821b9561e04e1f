import { Tensor } from "onnxruntime-node";
import { withoutDoubles } from "../boxes.js";
import { openGraph, type Signature } from "../open-graph.js";
import { CLIP_PIXELS, toPlanes, type Picture } from "../picture-tensor.js";
import { readPreprocessing, type Preprocessing } from "../preprocessor-config.js";
import { readBytePair } from "../tokenizers/read-tokenizer.js";
import type { LoadNet } from "../weights-net.js";
import { decodeOwl } from "./decode-owl.js";

const any = undefined;
/** Tokens of one phrase, by the network's text encoder. */
export const OWL_TOKENS = 16;
const SIGNATURE: Signature = {
  inputs: [
    { name: "input_ids", type: "int64", shape: [any, OWL_TOKENS] },
    { name: "attention_mask", type: "int64", shape: [any, OWL_TOKENS] },
    { name: "pixel_values", type: "float32", shape: [any, 3, any, any] },
  ],
  outputs: [
    { name: "logits", type: "float32", shape: [any, any, any] },
    { name: "pred_boxes", type: "float32", shape: [any, any, 4] },
    { name: "objectness_logits", type: "float32", shape: [any, any], optional: true },
  ],
};
const PREPROCESSING: Preprocessing = { ...CLIP_PIXELS, kernel: "linear", size: { width: 960, height: 960 } };
/** Between the two greys of the published code: a picture's own mean says the least. */
const PAD = 0.5;
/** The network's captions in training were sentences. */
const sentence = (phrase: string): string => `a photo of a ${phrase}`;

/** The picture in the top left corner of a grey square, at the network's size. */
export function toOwlPixels(picture: Picture, preprocessing: Preprocessing): Tensor {
  const { size } = preprocessing;
  const side = "height" in size ? size.height : 960;
  const scale = side / Math.max(picture.width, picture.height);
  const at = (length: number): number => Math.max(1, Math.round(length * scale));
  const resized = { width: at(picture.width), height: at(picture.height) };
  const square = { width: side, height: side, left: 0, top: 0, pad: PAD };
  return new Tensor("float32", toPlanes(picture, resized, { ...preprocessing, on: square }), [1, 3, side, side]);
}

/** OWLv2, any size of patch. */
export const loadOwlv2: LoadNet<"owlv2"> = async (folder, options) => {
  const tokenizer = await readBytePair(folder);
  const preprocessing = await readPreprocessing(folder, PREPROCESSING);
  const graph = await openGraph(folder.graph("model.onnx"), SIGNATURE, options);
  const { session, provider, skipped, hasOutput } = graph;

  return {
    provider,
    skipped,
    async run({ picture, phrases, vocabulary, boxThreshold, nmsIou }) {
      const asked = [
        ...new Set([...phrases, ...vocabulary].map((phrase) => phrase.trim()).filter((phrase) => phrase !== "")),
      ];
      if (asked.length === 0) return [];
      const ids = new BigInt64Array(asked.length * OWL_TOKENS);
      const mask = new BigInt64Array(asked.length * OWL_TOKENS);
      asked.forEach((phrase, row) => {
        tokenizer.encode(sentence(phrase), OWL_TOKENS).forEach((id, i) => {
          ids[row * OWL_TOKENS + i] = BigInt(id);
          mask[row * OWL_TOKENS + i] = 1n;
        });
      });
      const output = await session.run({
        input_ids: new Tensor("int64", ids, [asked.length, OWL_TOKENS]),
        attention_mask: new Tensor("int64", mask, [asked.length, OWL_TOKENS]),
        pixel_values: toOwlPixels(picture, preprocessing),
      });
      const data = (name: string): Float32Array => output[name].data as Float32Array;
      const found = decodeOwl(
        {
          logits: data("logits"),
          boxes: data("pred_boxes"),
          ...(hasOutput("objectness_logits") ? { objectness: data("objectness_logits") } : {}),
        },
        asked,
        { width: picture.width, height: picture.height, boxThreshold, padded: true },
      );
      return withoutDoubles(found, nmsIou);
    },
  };
};
