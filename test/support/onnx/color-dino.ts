import { createGraph } from "./build-graph.js";

/** Linear conditions on red, green, blue (0..1) that make a colour: a * R + b * G + c * B > t, all of them. */
type Condition = readonly [a: number, b: number, c: number, t: number];
const CONDITIONS: Readonly<Record<string, readonly [Condition, Condition, Condition]>> = {
  red: [
    [1, -2, 0, 0.02],
    [1, 0, -2, 0.02],
    [1, 0, 0, 0.15],
  ],
  green: [
    [-1.3, 1, 0, 0.02],
    [0, 1, -1.3, 0.02],
    [0, 1, 0, 0.1],
  ],
  blue: [
    [-1.6, 0, 1, 0.02],
    [0, -1.25, 1, 0.02],
    [0, 0, 1, 0.12],
  ],
  yellow: [
    [1, 0, -2, 0.02],
    [0, 1, -1.8, 0.02],
    [-0.7, 1, 0, 0],
  ],
};
export const DINO_COLORS = Object.keys(CONDITIONS);

const MEAN = [0.485, 0.456, 0.406];
const STD = [0.229, 0.224, 0.225];
const QUERIES = 900;
const COLUMNS = 256;

/** BERT's marks at their own numbers would need its whole vocabulary; these tokens stand where they may. */
export const DINO_VOCABULARY = [
  ..."[PAD] [UNK] [CLS] [SEP] .".split(" "),
  ...DINO_COLORS,
  ..."bag mug can bottle apple banana lemon sponge box block bowl drawer sink shelf zone handle cup ##s thing".split(
    " ",
  ),
];

export interface ColorDinoOptions {
  /** Output channels of convolutions that do nothing but take time, as a backbone does. */
  readonly ballast?: number;
}

/**
 * A GroundingDINO by its tensors that really detects: words of colours have logits where the picture has that colour, and the box
 * is the extent of it. Other words never fire.
 */
export function buildColorDino({ ballast = 0 }: ColorDinoOptions = {}): Uint8Array {
  const g = createGraph();
  const pixels = g.input("pixel_values", "float32", ["batch_size", 3, "height", "width"]);
  const ids = g.input("input_ids", "int64", ["batch_size", "sequence_length"]);
  g.input("token_type_ids", "int64", ["batch_size", "sequence_length"]);
  g.input("attention_mask", "int64", ["batch_size", "sequence_length"]);
  g.input("pixel_mask", "int64", ["batch_size", "height", "width"]);
  const colors = DINO_COLORS.length;

  const rows = DINO_COLORS.flatMap((color) => CONDITIONS[color]);
  const weights = rows.flatMap((row) => STD.map((std, c) => row[c] * std));
  const bias = rows.map((row) => MEAN.reduce((sum, mean, c) => sum + row[c] * mean, -row[3]));
  const each = g.op("Conv", [pixels, g.floats(weights, [rows.length, 3, 1, 1]), g.floats(bias, [rows.length])]);
  const size = g.op("Shape", [pixels]);
  const at = (index: number) => g.op("Gather", [size, g.integers([index])]);
  const [height, width] = [at(2), at(3)];
  const split = g.op("Concat", [g.integers([1, colors, 3]), height, width], { axis: 0 });
  const least = g.op("ReduceMin", [g.op("Reshape", [each, split])], { axes: [2], keepdims: 0 });
  const inside = g.op("Cast", [g.op("Greater", [least, g.floats([0], [])])], { to: 1 });
  // Specks go, so that the extent is that of the thing.
  const pool = { kernel_shape: [5, 5], pads: [2, 2, 2, 2], strides: [1, 1] };
  const mask = g.op("Neg", [g.op("MaxPool", [g.op("Neg", [inside])], pool)]);

  const extent = (axis: number, length: ReturnType<typeof at>) => {
    const any = g.op("ReduceMax", [mask], { axes: [axis], keepdims: 0 });
    const whole = g.op("Cast", [length], { to: 1 });
    const edge = (last: number) =>
      g.op("Cast", [g.op("ArgMax", [any], { axis: 2, keepdims: 1, select_last_index: last })], { to: 1 });
    const [first, last] = [edge(0), edge(1)];
    // The erosion took two pixels from each side.
    const span = g.op("Add", [g.op("Sub", [last, first]), g.floats([5], [])]);
    const middle = g.op("Mul", [g.op("Add", [g.op("Add", [first, last]), g.floats([1], [])]), g.floats([0.5], [])]);
    return { middle: g.op("Div", [middle, whole]), span: g.op("Div", [span, whole]) };
  };
  const x = extent(2, width);
  const y = extent(3, height);
  const boxes = g.op("Concat", [x.middle, y.middle, x.span, y.span], { axis: 2 });
  const toQueries = g.integers([0, 0, 0, 0, QUERIES - colors, 0]);
  g.output("pred_boxes", g.op("Pad", [boxes, toQueries]), "float32", ["batch_size", QUERIES, 4]);

  const table = DINO_VOCABULARY.flatMap((token) => DINO_COLORS.map((color) => (token === color ? 1 : 0)));
  const said = g.op("Gather", [g.floats(table, [DINO_VOCABULARY.length, colors]), ids]);
  const present = g.op("ReduceMax", [mask], { axes: [2, 3], keepdims: 0 });
  const fires = g.op("Mul", [
    g.op("Transpose", [said], { perm: [0, 2, 1] }),
    g.op("Unsqueeze", [present, g.integers([2])]),
  ]);
  let logits = g.op("Sub", [g.op("Mul", [fires, g.floats([6], [])]), g.floats([4], [])]);
  if (ballast > 0) {
    const kernel = Array.from({ length: ballast * 3 * 64 }, (_, i) => Math.sin(i) / 64);
    const first = g.op("Conv", [pixels, g.floats(kernel, [ballast, 3, 8, 8])], { strides: [8, 8] });
    const square = Array.from({ length: ballast * ballast * 9 }, (_, i) => Math.cos(i) / ballast);
    const second = g.op("Conv", [g.op("Relu", [first]), g.floats(square, [ballast, ballast, 3, 3])]);
    const nothing = g.op("Mul", [g.op("ReduceMean", [second], { keepdims: 0 }), g.floats([1e-9], [])]);
    logits = g.op("Add", [logits, nothing]);
  }
  const queries = g.op("Pad", [logits, toQueries, g.floats([-4], [])]);
  const length = g.op("Gather", [g.op("Shape", [ids]), g.integers([1])]);
  const missing = g.op("Sub", [g.integers([COLUMNS]), length]);
  const toColumns = g.op("Concat", [g.integers([0, 0, 0, 0, 0]), missing], { axis: 0 });
  const padded = g.op("Pad", [queries, toColumns, g.floats([-Infinity], [])]);
  g.output("logits", padded, "float32", ["batch_size", QUERIES, COLUMNS]);
  return g.encode();
}

/** The files of a folder of such weights. */
export const colorDinoFiles = (options?: ColorDinoOptions): Readonly<Record<string, Uint8Array | string>> => ({
  "onnx/model.onnx": buildColorDino(options),
  "vocab.txt": `${DINO_VOCABULARY.join("\n")}\n`,
});
