import { Tensor } from "onnxruntime-node";
import { openGraph, type Graph, type GraphOptions, type Signature, type TensorSpec } from "../open-graph.js";
import { sizeFor } from "../picture-size.js";
import { CLIP_PIXELS, toPlanes, type Picture } from "../picture-tensor.js";
import { readPreprocessing, type Preprocessing } from "../preprocessor-config.js";
import { readBytePair } from "../tokenizers/read-tokenizer.js";
import type { WeightsFolder } from "../weights-folder.js";
import type { LoadNet } from "../weights-net.js";

const any = undefined;
export const CLIP_TOKENS = 77;
const PIXELS: TensorSpec = { name: "pixel_values", type: "float32", shape: [any, 3, any, any] };
const IDS: TensorSpec = { name: "input_ids", type: "int64", shape: [any, any] };
const MASK: TensorSpec = { name: "attention_mask", type: "int64", shape: [any, any], optional: true };
const vectors = (name: string): TensorSpec => ({ name, type: "float32", shape: [any, any] });
const PICTURES: Signature = { inputs: [PIXELS], outputs: [vectors("image_embeds")] };
const TEXTS: Signature = { inputs: [IDS, MASK], outputs: [vectors("text_embeds")] };
const BOTH: Signature = {
  inputs: [PIXELS, IDS, MASK],
  outputs: [vectors("image_embeds"), vectors("text_embeds")],
};
const PREPROCESSING: Preprocessing = { ...CLIP_PIXELS, kernel: "cubic", size: { shortest_edge: 224 } };

/** One graph with both towers, or one for each. */
async function openTowers(folder: WeightsFolder, options: GraphOptions): Promise<{ picture: Graph; text: Graph }> {
  if (!folder.has("vision_model.onnx") || !folder.has("text_model.onnx")) {
    const both = await openGraph(folder.graph("model.onnx"), BOTH, options);
    return { picture: both, text: both };
  }
  return {
    picture: await openGraph(folder.graph("vision_model.onnx"), PICTURES, options),
    text: await openGraph(folder.graph("text_model.onnx"), TEXTS, options),
  };
}

/** CLIP's two towers: pictures and texts to unit vectors in one space. */
export const loadClip: LoadNet<"clip"> = async (folder, options) => {
  const tokenizer = await readBytePair(folder);
  const preprocessing = await readPreprocessing(folder, PREPROCESSING);
  const { size } = preprocessing;
  const side = "shortest_edge" in size ? size.shortest_edge : "height" in size ? size.height : size.longest_edge;
  const { picture: eye, text: reader } = await openTowers(folder, options);
  // A graph with both towers runs both; the other one gets next to nothing.
  const noPicture = new Tensor("float32", new Float32Array(3 * side * side), [1, 3, side, side]);

  const textFeeds = (graph: Graph, text: string): Record<string, Tensor> => {
    const ids = tokenizer.encode(text, CLIP_TOKENS);
    const row = (values: BigInt64Array): Tensor => new Tensor("int64", values, [1, ids.length]);
    return {
      input_ids: row(BigInt64Array.from(ids, BigInt)),
      ...(graph.hasInput("attention_mask") ? { attention_mask: row(new BigInt64Array(ids.length).fill(1n)) } : {}),
    };
  };
  const pixels = (picture: Picture): Tensor => {
    const resized = sizeFor(size, picture);
    // The middle of it.
    const left = -Math.floor((resized.width - side) / 2);
    const top = -Math.floor((resized.height - side) / 2);
    const middle = { width: side, height: side, left, top, pad: 0 };
    return new Tensor("float32", toPlanes(picture, resized, { ...preprocessing, on: middle }), [1, 3, side, side]);
  };
  return {
    provider: eye.provider,
    skipped: eye.skipped,
    async run({ pictures, texts }) {
      const ofPictures: Float32Array[] = [];
      for (const picture of pictures) {
        const words = eye === reader ? textFeeds(eye, "") : {};
        const output = await eye.session.run({ pixel_values: pixels(picture), ...words });
        ofPictures.push(unit(output["image_embeds"].data as Float32Array));
      }
      const ofTexts: Float32Array[] = [];
      for (const text of texts) {
        const nothing: Record<string, Tensor> = eye === reader ? { pixel_values: noPicture } : {};
        const output = await reader.session.run({ ...textFeeds(reader, text), ...nothing });
        ofTexts.push(unit(output["text_embeds"].data as Float32Array));
      }
      return { pictures: ofPictures, texts: ofTexts };
    },
  };
};

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : new Float32Array(vector);
}
