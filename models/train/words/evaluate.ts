import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InferenceSession } from "onnxruntime-node";
import { readerOf } from "../../../src/adapters/onnx/words-net.js";
import { HELD_OUT_SETS, NO_INSTRUCTION } from "./held-out-sets.js";
import { calibrate, readDocumented, readSamples, scoreOutcomes, type Outcome } from "./measure.js";

/** Seeds between those of training and those of suites: for choosing thresholds. */
const CALIBRATION_SEED = 850_000;
const READABLE = 0.5;
/** Wanted share of exact readings among those that are acted on. */
const WANTED = 0.995;

const print = (outcomes: readonly Outcome[], count: number): void => {
  for (const { sample, expected, found, confidence } of outcomes.filter(({ exact }) => !exact).slice(0, count))
    process.stderr.write(`${sample.text}\n  said ${expected}\n  read ${found} (${confidence.toFixed(2)})\n`);
};

/** Thresholds from calibration seeds; figures on held-out templates, nouns and seeds. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "models/words/words.onnx" },
      training: { type: "string", default: ".data/words/training.json" },
      figures: { type: "string", default: ".data/words/figures.json" },
      sentences: { type: "string", default: "1000" },
      show: { type: "string", default: "0" },
    },
  });
  const { characters } = JSON.parse(readFileSync(values.training, "utf8")) as { characters: readonly string[] };
  const session = await InferenceSession.create(values.model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const read = readerOf(session, characters);
  const count = Number(values.sentences);

  const usual = { heldOutTemplates: false, heldOutNouns: false, errors: 0, nonsense: 0 };
  const mixed = await readSamples(read, CALIBRATION_SEED, count, { ...usual, errors: 0.35 });
  const thresholds = { confidence: calibrate(mixed, WANTED), readable: READABLE };
  const sets: (readonly [name: string, outcomes: readonly Outcome[]])[] = [];
  for (const { name, firstSeed, options } of HELD_OUT_SETS)
    sets.push([name, await readSamples(read, firstSeed, count, options)]);
  const nonsense = await readSamples(read, NO_INSTRUCTION.firstSeed, Math.ceil(count / 4), NO_INSTRUCTION.options);
  const turnedAway = nonsense.filter((o) => o.readable < thresholds.readable || o.confidence < thresholds.confidence);
  const figures = {
    ...Object.fromEntries(sets.map(([name, outcomes]) => [name, scoreOutcomes(outcomes, thresholds)])),
    documentedExamples: await readDocumented(read, thresholds),
    noInstruction: {
      sentences: nonsense.length,
      turnedAway: Math.round((1000 * turnedAway.length) / nonsense.length) / 1000,
    },
  };
  const parameters = { confidenceThreshold: thresholds.confidence, readableThreshold: thresholds.readable };
  writeFileSync(join(values.figures), JSON.stringify({ parameters, figures }, undefined, 2));
  // Nobody looks at the last set: it is the one to trust.
  for (const [, outcomes] of sets.slice(0, -1)) print(outcomes, Number(values.show));
  process.stderr.write(`${JSON.stringify({ parameters, figures }, undefined, 1)}\n`);
}

await main();
