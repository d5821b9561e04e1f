import { join } from "node:path";
import { z } from "zod";
import { HELD_OUT_SETS, NO_INSTRUCTION } from "../../../models/train/words/held-out-sets.js";
import { readSamples } from "../../../models/train/words/measure.js";
import { createOnnxWords, readModelCard } from "../../adapters/onnx/index.js";
import { ControllerError } from "../../domain/errors.js";
import { packageRoot } from "../package-root.js";

const setSchema = z.object({ exact: z.number(), byLanguage: z.record(z.string(), z.number()) });
const turnedAwaySchema = z.object({ turnedAway: z.number() });
const statedSchema = z.record(z.string(), z.unknown());
/** Worse than the card by more than 1 point, and two standard errors where fewer sentences were read, is a failure. */
const TOLERANCE = 0.01;
/** Of each set of the card. */
const CARD_SENTENCES = 1_000;

export interface WordsComparison {
  /** As the card's figure is called; with a language behind it for a part of it. */
  readonly name: string;
  readonly sentences: number;
  /** Share of sentences whose whole program is right; of `noInstruction`, share that is turned away. */
  readonly measured: number;
  /** What the card says; undefined where it says nothing. */
  readonly card?: number;
  readonly allowed: number;
  readonly isWorse: boolean;
}

export interface EvaluateWordsOptions {
  /** Sentences of each set. Default: 1,000, as the card's figures are from. */
  readonly sentences?: number;
  /** Default: models/words of the package. */
  readonly modelDir?: string;
  readonly onSet?: (name: string) => void;
}

/** Measures the shipped reader of instructions anew, on the sentences that the card's figures are from. */
export async function evaluateWords(options: EvaluateWordsOptions = {}): Promise<readonly WordsComparison[]> {
  const { sentences = CARD_SENTENCES, modelDir = join(packageRoot(), "models", "words"), onSet } = options;
  if (sentences < 4) throw new ControllerError("bad-input", `Expected at least 4 sentences, found ${sentences}.`);
  const card = statedSchema.parse((await readModelCard(modelDir)).figures);
  const reader = await createOnnxWords({ modelDir });
  const { signal } = new AbortController();
  const read = (text: string) => reader.read(text, { signal });
  const comparisons: WordsComparison[] = [];
  const compare = (name: string, measured: number, count: number, card: number | undefined): void => {
    const spread =
      sentences >= CARD_SENTENCES || card === undefined ? 0 : 2 * Math.sqrt((card * (1 - card) + 1 / count) / count);
    const allowed = TOLERANCE + spread;
    const isWorse = card !== undefined && card - measured > allowed;
    comparisons.push({ name, sentences: count, measured, ...(card === undefined ? {} : { card }), allowed, isWorse });
  };
  try {
    for (const { name, firstSeed, options: kind } of HELD_OUT_SETS) {
      onSet?.(name);
      const outcomes = await readSamples(read, firstSeed, sentences, kind);
      const said = setSchema.safeParse(card[name]).data;
      const exact = (some: typeof outcomes): number => some.filter((outcome) => outcome.exact).length / some.length;
      compare(name, exact(outcomes), outcomes.length, said?.exact);
      for (const language of ["en", "zh"]) {
        const some = outcomes.filter(({ sample }) => sample.language === language);
        if (some.length > 0) compare(`${name} ${language}`, exact(some), some.length, said?.byLanguage[language]);
      }
    }
    const { name, firstSeed, options: kind } = NO_INSTRUCTION;
    onSet?.(name);
    const nonsense = await readSamples(read, firstSeed, Math.ceil(sentences / 4), kind);
    const { readable, confidence } = reader.thresholds;
    const away = nonsense.filter((outcome) => outcome.readable < readable || outcome.confidence < confidence);
    const said = turnedAwaySchema.safeParse(card[name]).data;
    compare(name, away.length / nonsense.length, nonsense.length, said?.turnedAway);
  } finally {
    await reader.close();
  }
  return comparisons;
}

/** For people: one line a figure. */
export function formatWordsEvaluation(comparisons: readonly WordsComparison[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const width = Math.max(...comparisons.map(({ name }) => name.length));
  const lines = comparisons.map(({ name, sentences, measured, card, isWorse }) =>
    [
      `  ${name.padEnd(width)}`,
      (card === undefined ? "-" : percent(card)).padStart(9),
      percent(measured).padStart(9),
      String(sentences).padStart(7),
      isWorse ? "  WORSE" : "",
    ].join(""),
  );
  const worse = comparisons.filter(({ isWorse }) => isWorse).map(({ name }) => name);
  return [
    "words: sentences whose whole program is read as it is meant; of noInstruction, those that are turned away",
    `  ${"figure".padEnd(width)}${"card".padStart(9)}${"now".padStart(9)}${"of".padStart(7)}`,
    ...lines,
    worse.length === 0 ? "As good as the card says." : `Worse than the card says: ${worse.join(", ")}.`,
    "",
  ].join("\n");
}
