import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createLanguage, parseLanguage } from "../../../src/adapters/ears/language.js";
import { confidenceOf } from "../../../src/adapters/ears/rank-paths.js";
import { loadSentenceJudge } from "../../../src/adapters/ears/sentence-judge.js";
import { LISTENERS } from "../../../src/adapters/ears/tapes.js";
import { groupHearer, type HeardGroup } from "./hear-group.js";
import { editDistance, unitsOf, type Spoken } from "./measure.js";
import { isSalad, rate, rounded, summary, type Outcome } from "./outcome.js";
import { choose, tuneReading } from "./tune-reading.js";

const DECIBEL = 20;
const HARDER_DECIBEL = 8;
/** These set the weights of reading and the confidence: texts and voices of their own. Figures are measured on the others. */
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
const say = (line: string): void => void process.stderr.write(`${line}\n`);

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
  const counts = parseLanguage(readFileSync(join(values.models, "language.json")));
  const sentences = readFileSync(join(values.models, "sentences.onnx"));
  const judge = await loadSentenceJudge(sentences, createLanguage(counts).tokens.length);
  const hearer = await groupHearer(values.models, values.data, Number(values.most));
  const hearAll = async (groups: readonly string[], decibel: number): Promise<readonly HeardGroup[]> => {
    const heard: HeardGroup[] = [];
    for (const group of groups) heard.push(...(await hearer.hear(group, decibel)));
    return heard;
  };
  const [quiet, noisy] = [await hearAll(TUNED_ON, DECIBEL), await hearAll(TUNED_ON, HARDER_DECIBEL)];
  const { reading, reader } = await tuneReading({ counts, symbols, judge, quiet, noisy, onProgress: say });

  const known = new Set(counts.english);
  const knows = ({ spoken }: Outcome): boolean =>
    spoken.language === "zh" || unitsOf(spoken.text, "en").every((word) => known.has(word));
  let readMs = 0;
  let soundS = 0;
  const figures: Record<string, unknown> = {};
  const all: Outcome[] = [];
  for (const group of GROUPS) {
    const heard = await hearer.hear(group, DECIBEL);
    if (heard.length === 0) continue;
    const outcomes: Outcome[] = [];
    for (const one of heard) {
      const began = performance.now();
      const decoded = choose(await reader.read(one), reading, symbols.length);
      readMs += performance.now() - began;
      soundS += one.spoken.samples.length / 16_000;
      outcomes.push(reader.outcome(one.spoken, decoded));
    }
    all.push(...outcomes);
    const [salad, speech] = [outcomes.filter(isSalad), outcomes.filter((outcome) => !isSalad(outcome))];
    figures[group] = {
      // What people say to it, in words that it knows.
      commands: summary(speech.filter(knows)),
      withUnknownWords: summary(speech.filter((outcome) => !knows(outcome))),
      wordsInAnyOrder: summary(salad),
      ...summary(outcomes),
      soundsAlone: rounded(
        rate(heard.map(({ spoken, scores }) => spellOut({ spoken, scores: scores[0] }, symbols, sounds))),
      ),
    };
    say(`${group}: ${JSON.stringify(figures[group])}`);
    for (const { spoken, text, errors } of outcomes.filter((outcome) => outcome.errors > 0).slice(0, 4))
      say(`  ${errors} ${spoken.voice}: ${spoken.text}\n      ${text}`);
  }
  const { confidenceThreshold: threshold, confidenceWeights } = reading;
  const sure = all.map((outcome) => ({ ...outcome, confidence: confidenceOf(outcome.decoded, confidenceWeights) }));
  const kept = sure.filter(({ confidence }) => confidence >= threshold);
  figures["confidence"] = {
    threshold,
    understood: rounded(kept.length / sure.length),
    errorRateOfUnderstood: rounded(rate(kept)),
    errorRateOfOthers: rounded(rate(sure.filter(({ confidence }) => confidence < threshold))),
    calibrationError: rounded(calibrationError(sure)),
  };
  figures["cost"] = {
    hearingMsPerSecond: rounded(hearer.msPerSecond()),
    listeners: LISTENERS.length,
    // Where the first listener is not sure: all of them and the choice between what they gave.
    readingMsPerSecond: rounded(readMs / soundS),
  };
  say(JSON.stringify({ confidence: figures["confidence"], cost: figures["cost"] }));
  const { choice, ...rest } = reading;
  const parameters = { ...rest, choiceWeights: [choice.counted, choice.sentence, choice.word] };
  writeFileSync(values.figures, JSON.stringify({ figures, parameters }, null, 1));
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
