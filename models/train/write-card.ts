import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { modelCardSchema } from "../../src/domain/model-card.js";
import { COLORS, DRAWER_STATES, KINDS } from "../../src/domain/vocabulary.js";
import type { Calibration } from "./evaluate/score.js";
import { SPLIT_SEEDS, FIRST_SUITE_SEED, UNSEEN_COMBINATIONS } from "./generator/splits.js";

const FILES = ["detector.onnx", "look.onnx"] as const;

interface Training {
  readonly detector: { readonly steps: number; readonly seen: number };
  /** Refining depth with the rest of the detector held fast. */
  readonly depth: { readonly steps: number; readonly seen: number };
  readonly look: { readonly steps: number; readonly seen: number };
  readonly pictures: number;
}

/** `models/eyes/model.json` from the weights beside it and the figures that `evaluate.ts` measured on them. */
export function makeCard(
  folder: string,
  { calibration, figures }: { calibration: Calibration; figures: Readonly<Record<string, unknown>> },
  training: Training,
): unknown {
  const files = FILES.map((path) => {
    const bytes = readFileSync(join(folder, path));
    return { path, sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength };
  });
  const tensor = (file: string, name: string, shape: readonly (string | number)[], meaning: string) => ({
    name,
    shape,
    file,
    meaning,
  });
  const [detector, look] = FILES;
  return {
    name: "eyes",
    task: "One picture with known camera geometry in; things, containers and handles with boxes, words, masks and depth out.",
    source:
      "Trained from scratch by this project on pictures of its own simulator (models/train/README.md). Simulator default: not trained on photographs.",
    licence: "Apache-2.0",
    files,
    inputs: [
      tensor(detector, "image", ["batch", 3, 240, 320], "RGB 0..1, mean of each 2x2 of the 640x480 picture"),
      tensor(
        detector,
        "rays",
        ["batch", 4, 60, 80],
        "unit ray through each stride-4 cell's centre in the base frame; camera height above base z=0, metres",
      ),
      tensor(
        look,
        "crops",
        ["batch", 3, 64, 64],
        "RGB 0..1, square around a box, side 1.4 times its longer side and at least 24 px, antialiased, edges repeated",
      ),
      tensor(
        look,
        "info",
        ["batch", 9],
        "log of the square's side in metres (side / fx * z), group / 2, z in metres; medians of red, green and blue over " +
          "every second row and column of the detector's picture, then their 95th percentiles",
      ),
    ],
    outputs: [
      tensor(
        detector,
        "center",
        ["batch", 3, 60, 80],
        "logits: things to pick up; containers and places; drawer handles",
      ),
      tensor(
        detector,
        "box",
        ["batch", 12, 60, 80],
        "left, top, right, bottom from the cell's centre, 320x240 pixels, for each group",
      ),
      tensor(detector, "depth", ["batch", 1, 60, 80], "metres along the optical axis"),
      tensor(look, "kind", ["batch", KINDS.length], "logits over labels.kind"),
      tensor(
        look,
        "color",
        ["batch", COLORS.length],
        "logits over labels.color; meaningless for drawer, sink, shelf, handle",
      ),
      tensor(look, "state", ["batch", DRAWER_STATES.length], "logits over labels.state; drawers only"),
      tensor(look, "real", ["batch", 1], "logit: there is a thing of that group in the square's middle"),
      tensor(look, "mask", ["batch", 1, 32, 32], "logits of the thing's visible pixels over the square"),
    ],
    labels: { kind: KINDS, color: COLORS, state: DRAWER_STATES },
    parameters: calibration,
    figures,
    training: {
      ...training,
      data: "models/train/generate.ts: 60 % kitchen, 40 % tabletop; arm in various poses; moved, tipped and held things",
      sceneSeedsFrom: SPLIT_SEEDS,
      suiteSeedsNeverUsed: `${FIRST_SUITE_SEED} and above`,
      combinationsNeverTrained: UNSEEN_COMBINATIONS.map(({ kind, color }) => `${color} ${kind}`),
      recipe:
        "AdamW, peak 2e-3 (look: 1.5e-3), cosine over counted steps, averaged weights, bfloat16, one thread; every second crop of the " +
        "look recoloured, without a colour to learn; then convolutions in whole numbers (activations of 8 bits, weights of 7; ranges from " +
        "training scenes), float16 weights for the rest",
    },
    limits: [
      "Knows only the simulator's pictures: expect it to fail on photographs. Bring other weights for a real camera.",
      "Knows only the words in labels; other things are given the nearest of these words or overlooked.",
      "Depth is learnt for a camera about 1.6 m above the floor, over a worktop 0.72 m high; a depth sensor is better.",
      "Things with fewer than 100 visible pixels at 640x480 are often overlooked or misnamed: see figures.bySize.",
      "A drawer's state is read from one picture; openings near 0.02 m and 0.12 m are a matter of luck.",
    ],
  };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/eyes" },
      figures: { type: "string", default: ".data/eyes/figures.json" },
      training: { type: "string", default: ".data/eyes/training.json" },
    },
  });
  const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
  const card = makeCard(
    values.models,
    read(values.figures) as { calibration: Calibration; figures: Record<string, unknown> },
    read(values.training) as Training,
  );
  writeFileSync(join(values.models, "model.json"), `${JSON.stringify(modelCardSchema.parse(card), undefined, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) main();
