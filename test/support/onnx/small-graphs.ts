import { createGraph } from "./build-graph.js";

/** Logit of what is surely there, and of what surely is not. */
const YES = 3;
const NO = -6;

/** CLIP's tokenizer with a small vocabulary: letters, ends of words, and a few joined words. */
export function smallBytePair(words: readonly string[]): { tokenizer: string; idOf: (piece: string) => number } {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz,.");
  const merges: string[] = [];
  const pieces = [...letters, ...letters.map((letter) => `${letter}</w>`)];
  for (const word of words) {
    let left = word[0];
    for (let i = 1; i < word.length; i++) {
      const right = i === word.length - 1 ? `${word[i]}</w>` : word[i];
      const merge = `${left} ${right}`;
      left += right;
      if (!merges.includes(merge)) merges.push(merge);
      if (!pieces.includes(left)) pieces.push(left);
    }
  }
  const all = [...pieces, "<|startoftext|>", "<|endoftext|>"];
  const vocab = Object.fromEntries(all.map((piece, id) => [piece, id]));
  return {
    tokenizer: JSON.stringify({ model: { type: "BPE", vocab, merges } }),
    idOf: (piece) => all.indexOf(piece),
  };
}

/**
 * An OWLv2 by its tensors. Boxes are fixed; the first is there for phrases with `word` when the picture has red, where red at all is
 * judged on the whole padded square.
 */
export function buildOwl(options: {
  readonly wordId: number;
  readonly size: number;
  readonly box: readonly number[];
}): Uint8Array {
  const BOXES = 3600;
  const g = createGraph();
  const ids = g.input("input_ids", "int64", ["queries", 16]);
  g.input("attention_mask", "int64", ["queries", 16]);
  const pixels = g.input("pixel_values", "float32", [1, 3, options.size, options.size]);
  const isWord = g.op("Cast", [g.op("Equal", [ids, g.integers([options.wordId], [])])], { to: 1 });
  const said = g.op("ReduceMax", [isWord], { axes: [1], keepdims: 0 });
  const red = g.op("Slice", [pixels, g.integers([0]), g.integers([1]), g.integers([1])]);
  const blue = g.op("Slice", [pixels, g.integers([2]), g.integers([3]), g.integers([1])]);
  const most = g.op("ReduceMax", [g.op("Sub", [red, blue])], { keepdims: 0 });
  const seen = g.op("Cast", [g.op("Greater", [most, g.floats([1.5], [])])], { to: 1 });
  const first = g.floats(
    Array.from({ length: BOXES }, (_, i) => (i === 0 ? YES - NO : 0)),
    [1, BOXES, 1],
  );
  const row = g.op("Unsqueeze", [g.op("Mul", [said, seen]), g.integers([0, 1])]);
  const logits = g.op("Add", [g.op("Mul", [first, row]), g.floats([NO], [])]);
  g.output("logits", logits, "float32", [1, BOXES, "queries"]);
  const boxes = Array.from({ length: BOXES * 4 }, (_, i) => (i < 4 ? options.box[i] : 0.5));
  g.output("pred_boxes", g.floats(boxes, [1, BOXES, 4]), "float32", [1, BOXES, 4]);
  return g.encode();
}

/** A depth network by its tensors: gain * red + offset, red as 0..1. */
export function buildDepth({ gain, offset }: { readonly gain: number; readonly offset: number }): Uint8Array {
  const g = createGraph();
  const pixels = g.input("pixel_values", "float32", ["batch_size", 3, "height", "width"]);
  const red = g.op("Slice", [pixels, g.integers([0]), g.integers([1]), g.integers([1])]);
  const plane = g.op("Squeeze", [red, g.integers([1])]);
  const level = g.op("Add", [g.op("Mul", [plane, g.floats([0.229], [])]), g.floats([0.485], [])]);
  const depth = g.op("Add", [g.op("Mul", [level, g.floats([gain], [])]), g.floats([offset], [])]);
  g.output("predicted_depth", depth, "float32", ["batch_size", "height", "width"]);
  return g.encode();
}

/** CLIP by its tensors: a picture is its mean red, green and blue; a text is which of the three words it has. */
export function buildClip(wordIds: readonly [number, number, number]): Uint8Array {
  const g = createGraph();
  const ids = g.input("input_ids", "int64", ["texts", "length"]);
  g.input("attention_mask", "int64", ["texts", "length"]);
  const pixels = g.input("pixel_values", "float32", ["pictures", 3, 224, 224]);
  const std = g.floats([0.26862954, 0.26130258, 0.27577711], [1, 3]);
  const mean = g.floats([0.48145466, 0.4578275, 0.40821073], [1, 3]);
  const average = g.op("ReduceMean", [pixels], { axes: [2, 3], keepdims: 0 });
  const pictures = g.op("Add", [g.op("Mul", [average, std]), mean]);
  g.output("image_embeds", pictures, "float32", ["pictures", 3]);
  const each = g.op("Unsqueeze", [ids, g.integers([2])]);
  const hits = g.op("Cast", [g.op("Equal", [each, g.integers(wordIds, [1, 1, 3])])], { to: 1 });
  const texts = g.op("ReduceMax", [hits], { axes: [1], keepdims: 0 });
  g.output("text_embeds", texts, "float32", ["texts", 3]);
  const turned = g.op("Transpose", [texts], { perm: [1, 0] });
  g.output("logits_per_image", g.op("MatMul", [pictures, turned]), "float32", ["pictures", "texts"]);
  return g.encode();
}

/** A Table Transformer by its tensors, with the same rows whatever the picture. */
export function buildTable(
  rows: readonly { readonly logits: readonly number[]; readonly box: readonly number[] }[],
): Uint8Array {
  const g = createGraph();
  const pixels = g.input("pixel_values", "float32", ["batch_size", 3, "height", "width"]);
  g.input("pixel_mask", "int64", ["batch_size", 64, 64]);
  const classes = rows[0].logits.length;
  const nothing = g.op("Mul", [g.op("ReduceMean", [pixels], { keepdims: 0 }), g.floats([0], [])]);
  const logits = g.floats(
    rows.flatMap((row) => row.logits),
    [1, rows.length, classes],
  );
  g.output("logits", g.op("Add", [logits, nothing]), "float32", ["batch_size", rows.length, classes]);
  const boxes = g.floats(
    rows.flatMap((row) => row.box),
    [1, rows.length, 4],
  );
  g.output("pred_boxes", boxes, "float32", ["batch_size", rows.length, 4]);
  return g.encode();
}
