import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { InferenceSession, Tensor } from "onnxruntime-node";
import type { Decoded } from "../../../src/adapters/ears/decode-letters.js";
import { textDecoder } from "../../../src/adapters/ears/decode-text.js";
import { confidenceOf } from "../../../src/adapters/ears/ears-net.js";
import { parseLanguage } from "../../../src/adapters/ears/language.js";
import { atSpeed, surestOf, TAPES } from "../../../src/adapters/ears/tapes.js";
import { fitConfidence, type Example } from "./fit-confidence.js";
import { editDistance, noiseFor, readShard, unitsOf, withNoise, type Spoken } from "./measure.js";

const DECIBEL = 20;
/** These set the decoder's weights and the confidence: texts and voices of their own. Figures are measured on the others. */
const TUNED_ON = ["tune-espeak", "tune-flite", "tune-festival", "tune-mandarin"];
const GROUPS = [
  "seen-espeak",
  "seen-flite",
  "seen-festival",
  "seen-mandarin",
  "unseen-espeak",
  "unseen-flite",
  "unseen-festival",
  "unseen-mandarin",
  "templates-espeak",
];
const WEIGHTS = [0.7, 0.9, 1.1];
const BONUSES = [-1.5, -0.5, 0.5];
/** Seconds of a row of scores. */
const STEP_S = 0.02;

interface Heard {
  readonly spoken: Spoken;
  /** At each speed. */
  readonly scores: readonly Float32Array[];
}

interface Weights {
  readonly languageWeight: number;
  readonly wordBonus: number;
}

interface Outcome {
  readonly spoken: Spoken;
  readonly text: string;
  readonly decoded: Decoded;
  readonly errors: number;
  readonly units: number;
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      models: { type: "string", default: "models/ears" },
      data: { type: "string", default: ".data/ears" },
      figures: { type: "string", default: ".data/ears/figures.json" },
      most: { type: "string", default: "1000" },
    },
  });
  const { symbols } = JSON.parse(readFileSync(join(values.data, "training.json"), "utf8")) as { symbols: string[] };
  const sounds = JSON.parse(readFileSync(join(values.data, "sounds.json"), "utf8")) as Record<string, string>;
  const session = await InferenceSession.create(join(values.models, "ears.onnx"), { intraOpNumThreads: 1 });
  const counts = parseLanguage(readFileSync(join(values.models, "language.json")));
  let heardMs = 0;
  let decodedMs = 0;
  let decodedS = 0;
  let soundS = 0;

  const hear = async (group: string): Promise<readonly Heard[]> => {
    const random = noiseFor(900_007);
    const heard: Heard[] = [];
    for (const spoken of readShard(join(values.data, `test-${group}`))) {
      if (heard.length >= Number(values.most)) break;
      const sound = withNoise(spoken.samples, DECIBEL, random);
      const scores: Float32Array[] = [];
      for (const speed of TAPES) {
        const tape = atSpeed(sound, speed);
        const began = performance.now();
        const output = await session.run({ sound: new Tensor("float32", tape, [1, tape.length]) });
        heardMs += performance.now() - began;
        soundS += tape.length / 16_000;
        scores.push(output["letters"].data as Float32Array);
      }
      heard.push({ spoken, scores });
    }
    return heard;
  };
  type Spelled = { readonly spoken: Spoken; readonly scores: Float32Array };
  /** What reads with these weights of the decoder. */
  const reader = (weights: Weights): ((heard: readonly Spelled[]) => readonly Outcome[]) => {
    const write = textDecoder(counts, symbols, weights);
    return (heard) =>
      heard.map(({ spoken, scores }) => {
        const began = performance.now();
        const decoded = write(scores);
        decodedMs += performance.now() - began;
        decodedS += (scores.length / symbols.length) * STEP_S;
        const [said, found] = [spoken.text, decoded.text].map((text) => unitsOf(text, spoken.language));
        return { spoken, text: decoded.text, decoded, errors: editDistance(said, found), units: said.length };
      });
  };
  const known = new Set(counts.english);
  const groups = new Map<string, readonly Heard[]>();
  for (const group of GROUPS) groups.set(group, await hear(group));
  const tuning: Heard[] = [];
  for (const group of TUNED_ON) tuning.push(...(await hear(group)));
  // What people say, half of it for the decoder's two weights: they are no more than two. At its natural speed.
  const some = tuning
    .filter(({ spoken }, index) => index % 2 === 0 && spoken.kind !== "salad")
    .map(({ spoken, scores }) => ({ spoken, scores: scores[0] }));
  const atAllSpeeds = ({ spoken, scores }: Heard): readonly Spelled[] => scores.map((one) => ({ spoken, scores: one }));

  let best = { languageWeight: 0.6, wordBonus: 0.7, rate: Infinity };
  for (const languageWeight of WEIGHTS) {
    for (const wordBonus of BONUSES) {
      const found = rate(reader({ languageWeight, wordBonus })(some));
      process.stderr.write(`language ${languageWeight}, bonus ${wordBonus}: ${(100 * found).toFixed(2)} %\n`);
      if (found < best.rate) best = { languageWeight, wordBonus, rate: found };
    }
  }
  const { languageWeight, wordBonus } = best;
  const read = reader({ languageWeight, wordBonus });
  const exampleOf = ({ decoded, errors }: Outcome): Example => ({
    features: [decoded.strain, decoded.doubt, decoded.clarity],
    right: errors === 0,
  });
  const tuned = tuning.map((one) => read(atAllSpeeds(one)));
  const choiceWeights = fitConfidence(tuned.flat().map(exampleOf));
  const surest = (speeds: readonly Outcome[]): Promise<Outcome> =>
    surestOf(
      speeds.map((_, index) => index),
      (index) => Promise.resolve({ ...speeds[index], confidence: confidenceOf(speeds[index].decoded, choiceWeights) }),
    );
  // What was chosen for looking sure looks surer than it is.
  const confidenceWeights = fitConfidence((await Promise.all(tuned.map(surest))).map(exampleOf));

  decodedMs = 0;
  decodedS = 0;
  const figures: Record<string, unknown> = {};
  const all: Outcome[] = [];
  for (const [group, rest] of groups) {
    if (rest.length === 0) continue;
    const outcomes: Outcome[] = [];
    for (const one of rest) {
      outcomes.push(await surest(read(atAllSpeeds(one))));
    }
    all.push(...outcomes);
    const knows = ({ spoken }: Outcome): boolean =>
      spoken.language === "zh" || unitsOf(spoken.text, "en").every((word) => known.has(word));
    const [salad, speech] = [outcomes.filter(isSalad), outcomes.filter((outcome) => !isSalad(outcome))];
    figures[group] = {
      // What people say to it, in words that it knows.
      commands: summary(speech.filter(knows)),
      withUnknownWords: summary(speech.filter((outcome) => !knows(outcome))),
      wordsInAnyOrder: summary(salad),
      ...summary(outcomes),
      soundsAlone: rounded(
        rate(rest.map(({ spoken, scores }) => spellOut({ spoken, scores: scores[0] }, symbols, sounds))),
      ),
    };
    process.stderr.write(`${group}: ${JSON.stringify(figures[group])}\n`);
    for (const { spoken, text, errors } of outcomes.filter((outcome) => outcome.errors > 0).slice(0, 4))
      process.stderr.write(`  ${errors} ${spoken.voice}: ${spoken.text}\n      ${text}\n`);
  }
  const sure = all.map((outcome) => ({ ...outcome, confidence: confidenceOf(outcome.decoded, confidenceWeights) }));
  const threshold = 0.3;
  const kept = sure.filter(({ confidence }) => confidence >= threshold);
  figures["confidence"] = {
    threshold,
    understood: rounded(kept.length / sure.length),
    errorRateOfUnderstood: rounded(rate(kept)),
    errorRateOfOthers: rounded(rate(sure.filter(({ confidence }) => confidence < threshold))),
    calibrationError: rounded(calibrationError(sure)),
  };
  figures["cost"] = {
    hearingMsPerSecond: rounded(heardMs / soundS),
    speeds: TAPES.length,
    decodingMsPerSecond: rounded(decodedMs / decodedS),
  };
  process.stderr.write(`${JSON.stringify({ confidence: figures["confidence"], cost: figures["cost"] })}\n`);
  const parameters = { languageWeight, wordBonus, confidenceThreshold: threshold, choiceWeights, confidenceWeights };
  writeFileSync(values.figures, JSON.stringify({ figures, parameters }, null, 1));
}

const isSalad = ({ spoken }: Outcome): boolean => spoken.kind === "salad";

const rate = (outcomes: readonly { errors: number; units: number }[]): number =>
  outcomes.reduce((sum, { errors }) => sum + errors, 0) / outcomes.reduce((sum, { units }) => sum + units, 0);

function summary(outcomes: readonly Outcome[]): Record<string, number> {
  if (outcomes.length === 0) return { utterances: 0 };
  return {
    utterances: outcomes.length,
    units: outcomes.reduce((sum, { units }) => sum + units, 0),
    errorRate: rounded(rate(outcomes)),
    allRight: rounded(outcomes.filter(({ errors }) => errors === 0).length / outcomes.length),
  };
}

/** What the sounds alone are, by the likeliest symbol of each step: words apart by spaces. */
function spellOut(
  { spoken, scores }: { readonly spoken: Spoken; readonly scores: Float32Array },
  symbols: readonly string[],
  sounds: Readonly<Record<string, string>>,
): { errors: number; units: number } {
  let text = "";
  let last = 0;
  for (let row = 0; row < scores.length; row += symbols.length) {
    let symbol = 0;
    for (let i = 1; i < symbols.length; i++) if (scores[row + i] > scores[row + symbol]) symbol = i;
    if (symbol !== last && symbol > 0) text += symbols[symbol];
    last = symbol;
  }
  const said = spoken.spell.split(" ").map((word) => (spoken.language === "zh" ? word : sounds[word]));
  return { errors: editDistance(said, unitsOf(text, "en")), units: said.length };
}

/** Mean distance of confidence and truth in ten bins. */
function calibrationError(sure: readonly { confidence: number; errors: number }[]): number {
  let sum = 0;
  for (let bin = 0; bin < 10; bin++) {
    const inside = sure.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin);
    if (inside.length === 0) continue;
    const mean = inside.reduce((total, { confidence }) => total + confidence, 0) / inside.length;
    sum += inside.length * Math.abs(mean - inside.filter(({ errors }) => errors === 0).length / inside.length);
  }
  return sum / sure.length;
}

if (process.argv[1] === import.meta.filename) await main();
