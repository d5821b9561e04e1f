import { rmSync } from "node:fs";
import { colorDinoFiles } from "../onnx/color-dino.js";
import { buildClip, buildDepth, buildOwl, buildTable, smallBytePair } from "../onnx/small-graphs.js";
import { writeModelFolder } from "../onnx/write-model-folder.js";

/** Folders of weights with true signatures, by what they are. */
export interface RowWeights {
  readonly transformers: string;
  readonly dino: string;
  readonly owl: string;
  readonly depth: string;
  readonly clip: string;
  readonly structure: string;
  remove(): void;
}

const TABLE_PARTS = ["table", "table column", "table row"];

export async function rowWeights(): Promise<RowWeights> {
  const { tokenizer, idOf } = smallBytePair(["red", "green", "blue", "bag"]);
  const size = 192;
  // Pixels 200 to 264 and 120 to 184 of 640 x 480, in parts of the padded square.
  const box = [232 / 640, 152 / 640, 64 / 640, 64 / 640];
  const part = (label: string, of: readonly number[]) => ({
    logits: [...TABLE_PARTS.map((each) => (each === label ? 9 : 0)), 0],
    box: of,
  });
  const [transformers, dino, owl, depth, clip, structure] = await Promise.all([
    writeModelFolder({ "config.json": "{}", "preprocessor_config.json": "{}" }),
    writeModelFolder({
      ...colorDinoFiles(),
      "preprocessor_config.json": JSON.stringify({ size: { shortest_edge: 240 } }),
    }),
    writeModelFolder({
      "model.onnx": buildOwl({ wordId: idOf("bag</w>"), size, box }),
      "tokenizer.json": tokenizer,
      "preprocessor_config.json": JSON.stringify({ size: { height: size, width: size }, resample: 2 }),
    }),
    writeModelFolder({
      "model.onnx": buildDepth({ gain: 2, offset: 0.5 }),
      "config.json": JSON.stringify({ depth_estimation_type: "metric", max_depth: 20 }),
    }),
    writeModelFolder({
      "model.onnx": buildClip([idOf("red</w>"), idOf("green</w>"), idOf("blue</w>")]),
      "tokenizer.json": tokenizer,
    }),
    writeModelFolder({
      "model.onnx": buildTable([
        part("table row", [0.5, 0.25, 1, 0.5]),
        part("table row", [0.5, 0.75, 1, 0.5]),
        part("table column", [0.25, 0.5, 0.5, 1]),
        part("table column", [0.75, 0.5, 0.5, 1]),
      ]),
      "config.json": JSON.stringify({ id2label: Object.fromEntries(TABLE_PARTS.map((label, id) => [id, label])) }),
    }),
  ]);
  const folders = { transformers, dino, owl, depth, clip, structure };
  return { ...folders, remove: () => Object.values(folders).forEach((each) => rmSync(each, { recursive: true })) };
}
