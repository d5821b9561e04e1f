import { describe, expect, it } from "vitest";
import { createGraph } from "../../../../test/support/onnx/build-graph.js";
import { writeModelFolder } from "../../../../test/support/onnx/write-model-folder.js";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import { createSam } from "../create-sam.js";

/** An encoder by its tensors: the embedding is how red each of 64 x 64 cells is. */
function encoder(): Uint8Array {
  const g = createGraph();
  const pixels = g.input("pixel_values", "float32", [1, 3, 1024, 1024]);
  const red = g.op("Slice", [pixels, g.integers([0]), g.integers([1]), g.integers([1])]);
  const green = g.op("Slice", [pixels, g.integers([1]), g.integers([2]), g.integers([1])]);
  const cells = g.op("AveragePool", [g.op("Sub", [red, green])], { kernel_shape: [16, 16], strides: [16, 16] });
  const all = g.op("Expand", [cells, g.integers([1, 256, 64, 64])]);
  g.output("image_embeddings", all, "float32", [1, 256, 64, 64]);
  g.output("image_positional_embeddings", g.op("Mul", [all, g.floats([0], [])]), "float32", [1, 256, 64, 64]);
  return g.encode();
}

/** A decoder by its tensors: what is red, nothing, and everything are its three proposals. */
function decoder(): Uint8Array {
  const g = createGraph();
  const embedded = g.input("image_embeddings", "float32", [1, 256, 64, 64]);
  g.input("image_positional_embeddings", "float32", [1, 256, 64, 64]);
  const points = g.input("input_points", "float32", [1, 1, "points", 2]);
  g.input("input_labels", "int64", [1, 1, "points"]);
  const first = g.op("Slice", [embedded, g.integers([0]), g.integers([1]), g.integers([1])]);
  const large = g.op("Resize", [first, "" as never, g.floats([1, 1, 4, 4], [4])], { mode: "nearest" });
  const mask = g.op("Sub", [large, g.floats([0.5], [])]);
  const low = g.op("Sub", [g.op("Mul", [large, g.floats([0], [])]), g.floats([1], [])]);
  const three = g.op("Concat", [mask, low, g.op("Neg", [low])], { axis: 1 });
  g.output("pred_masks", g.op("Unsqueeze", [three, g.integers([0])]), "float32", [1, 1, 3, 256, 256]);
  const zero = g.op("Mul", [g.op("ReduceMean", [points], { keepdims: 0 }), g.floats([0], [])]);
  g.output("iou_scores", g.op("Add", [g.floats([0.9, 0.9, 0.9], [1, 1, 3]), zero]), "float32", [1, 1, 3]);
  return g.encode();
}

describe("createSam", () => {
  it("outlines the thing in each box, whatever the picture's proportions", async () => {
    const modelDir = await writeModelFolder(
      { "onnx/vision_encoder.onnx": encoder(), "onnx/prompt_encoder_mask_decoder.onnx": decoder() },
      { family: "sam" },
    );
    const frame = paintFrame({ width: 320, height: 240, squares: [{ x: 80, y: 120, side: 64, rgb: [255, 0, 0] }] });
    const sam = await createSam({ modelDir });

    // The square lies in the box's right half.
    const [mask] = await sam.draw(frame, [{ x0: 16 / 320, y0: 0.5, x1: 144 / 320, y1: 184 / 240 }]);
    await sam.close();

    const share = (from: number, to: number): number => {
      let [inside, all] = [0, 0];
      for (let y = 4; y < mask.height - 4; y++) {
        for (let x = Math.round(from * mask.width); x < to * mask.width; x++, all++)
          inside += mask.data[y * mask.width + x];
      }
      return inside / all;
    };
    expect(share(0.6, 0.95)).toBeGreaterThan(0.95);
    expect(share(0, 0.42)).toBeLessThan(0.05);
  });

  it("says what is missing", async () => {
    const modelDir = await writeModelFolder({ "onnx/vision_encoder.onnx": encoder() }, { family: "sam" });

    await expect(createSam({ modelDir })).rejects.toMatchObject({ code: "model-damaged" });
  });
});
