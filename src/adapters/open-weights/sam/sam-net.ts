import { Tensor } from "onnxruntime-node";
import { openGraph, type Signature } from "../open-graph.js";
import { IMAGENET, toPlanes, type Picture } from "../picture-tensor.js";
import type { LoadNet } from "../weights-net.js";
import { bestMask } from "./best-mask.js";
import { promptFor } from "./prompt.js";

const any = undefined;
const ENCODER: Signature = {
  inputs: [{ name: "pixel_values", type: "float32", shape: [any, 3, 1024, 1024] }],
  outputs: [
    { name: "image_embeddings", type: "float32", shape: [any, 256, 64, 64] },
    { name: "image_positional_embeddings", type: "float32", shape: [any, 256, 64, 64] },
  ],
};
const DECODER: Signature = {
  inputs: [
    { name: "image_embeddings", type: "float32", shape: [any, 256, 64, 64] },
    { name: "image_positional_embeddings", type: "float32", shape: [any, 256, 64, 64] },
    { name: "input_points", type: "float32", shape: [any, any, any, 2] },
    { name: "input_labels", type: "int64", shape: [any, any, any] },
  ],
  outputs: [
    { name: "iou_scores", type: "float32", shape: [any, any, any] },
    { name: "pred_masks", type: "float32", shape: [any, any, any, any, any] },
  ],
};

/** Longest side of a picture for the encoder; what is left of the square is zero. */
const SIDE = 1024;

/** Segment Anything: the picture is encoded once, and each box asked for in turn. */
export const loadSam: LoadNet<"sam"> = async (folder, options) => {
  const encoder = await openGraph(folder.graph("vision_encoder.onnx"), ENCODER, options);
  const decoder = await openGraph(folder.graph("prompt_encoder_mask_decoder.onnx"), DECODER, options);
  return {
    provider: encoder.provider,
    skipped: [...encoder.skipped, ...decoder.skipped],
    async run({ picture, boxes }) {
      const scale = SIDE / Math.max(picture.width, picture.height);
      const size = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
      const embedded = await encoder.session.run({
        pixel_values: new Tensor("float32", squareOf(picture, size), [1, 3, SIDE, SIDE]),
      });
      const masks = [];
      for (const box of boxes) {
        const { points, labels } = promptFor(box, size);
        const count = labels.length;
        const { iou_scores: scores, pred_masks: logits } = await decoder.session.run({
          image_embeddings: embedded["image_embeddings"],
          image_positional_embeddings: embedded["image_positional_embeddings"],
          input_points: new Tensor("float32", Float32Array.from(points), [1, 1, count, 2]),
          input_labels: new Tensor("int64", BigInt64Array.from(labels, BigInt), [1, 1, count]),
        });
        const [rows, columns] = logits.dims.slice(-2);
        masks.push(
          bestMask(
            { scores: scores.data as Float32Array, logits: logits.data as Float32Array, rows, columns },
            { box, picture, share: shareOf(size) },
          ),
        );
      }
      return masks;
    },
  };
};

/** How much of the square the picture covers, each way. */
const shareOf = ({ width, height }: { readonly width: number; readonly height: number }) => ({
  x: width / SIDE,
  y: height / SIDE,
});

/** Normalised planes in the top left corner of the square, zeros around them. */
function squareOf(picture: Picture, size: { readonly width: number; readonly height: number }): Float32Array {
  const planes = toPlanes(picture, size, { ...IMAGENET, kernel: "linear" });
  const square = new Float32Array(3 * SIDE * SIDE);
  const cells = size.width * size.height;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < size.height; y++) {
      const from = channel * cells + y * size.width;
      square.set(planes.subarray(from, from + size.width), channel * SIDE * SIDE + y * SIDE);
    }
  }
  return square;
}
