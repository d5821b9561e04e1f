import { readFileSync } from "node:fs";
import { parseInstruction } from "../../../src/planning/grammar/parse-instruction.js";
import { prepareText } from "../../../src/planning/onboard/prepare-text.js";
import type { WordPiece, WordsReading } from "../../../src/ports/words-reader.js";
import { assembleProgram } from "../../../src/planning/onboard/assemble-program.js";
import { formatProgram } from "../../../src/planning/program/format-program.js";
import { makeSample, type Sample, type SampleOptions } from "./make-sample.js";

export type Read = (text: string) => Promise<WordsReading>;

export interface Thresholds {
  readonly confidence: number;
  readonly readable: number;
}

/** What became of one sentence. */
export interface Outcome {
  readonly sample: Sample;
  /** The program in one line, or which word was not known: the same as what the sentence says? */
  readonly exact: boolean;
  readonly expected: string;
  readonly found: string;
  readonly confidence: number;
  readonly readable: number;
}

/** One line for a program or for why there is none: failures agree when they name the same word. */
export function lineOf(text: string, pieces: readonly WordPiece[]): string {
  const program = assembleProgram(text, pieces);
  if (program.ok) return formatProgram(program.value);
  return `${program.code} ${typeof program.details?.["word"] === "string" ? program.details["word"] : ""}`;
}

export async function readSamples(
  read: Read,
  firstSeed: number,
  count: number,
  options: SampleOptions,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let seed = firstSeed; outcomes.length < count; seed++) {
    const sample = makeSample(seed, options);
    if (sample.text === "") continue;
    const expected = sample.readable ? lineOf(sample.text, sample.pieces) : "";
    const { pieces, readable, confidence } = await read(sample.text);
    const found = lineOf(sample.text, pieces);
    outcomes.push({ sample, exact: found === expected, expected, found, confidence, readable });
  }
  return outcomes;
}

/** The examples of docs/guide/instructions.md, written by people: read as the grammar reads them? */
export async function readDocumented(
  read: Read,
  { confidence, readable }: Thresholds,
): Promise<Readonly<Record<string, unknown>>> {
  const page = readFileSync(new URL("../../../docs/guide/instructions.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  const examples = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/gu)].map((match) => match[1]));
  let same = 0;
  const differing: string[] = [];
  const sureButDiffering: string[] = [];
  for (const example of examples) {
    const text = prepareText(example);
    const program = parseInstruction(example);
    const reading = await read(text);
    const found = lineOf(text, reading.pieces);
    if (program.ok && found === formatProgram(program.value)) {
      same++;
      continue;
    }
    const line = `${example}: ${found}`;
    if (reading.confidence >= confidence && reading.readable >= readable) sureButDiffering.push(line);
    else differing.push(line);
  }
  return {
    sentences: examples.length,
    asTheGrammar: share(same, examples.length),
    sureButDiffering,
    unsureAndDiffering: differing.length,
  };
}

/** What the planner makes of it: the network's program where it is sure, else the grammar's, else none. */
function planned({ sample, found, confidence, readable }: Outcome, thresholds: Thresholds): string | undefined {
  const isSure = confidence >= thresholds.confidence && readable >= thresholds.readable;
  if (isSure && !isFailure(found)) return found;
  const program = parseInstruction(sample.text);
  return program.ok ? formatProgram(program.value) : undefined;
}

const isFailure = (line: string): boolean => /^(?:bad-instruction|unknown-word) /u.test(line);

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000);

/** Shares of sentences read exactly: all, by language, by family; and what the thresholds make of them. */
export function scoreOutcomes(
  outcomes: readonly Outcome[],
  { confidence, readable }: Thresholds,
): Readonly<Record<string, unknown>> {
  const exactOf = (some: readonly Outcome[]): number => share(some.filter(({ exact }) => exact).length, some.length);
  const by = (key: (outcome: Outcome) => string): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [...new Set(outcomes.map(key))].sort().map((name) => [name, exactOf(outcomes.filter((o) => key(o) === name))]),
    );
  const sure = outcomes.filter((o) => o.confidence >= confidence && o.readable >= readable);
  const plans = outcomes.map((outcome) => ({ ...outcome, plan: planned(outcome, { confidence, readable }) }));
  const right = plans.filter(({ plan, expected }) => (plan === undefined ? isFailure(expected) : plan === expected));
  const wrong = plans.filter(({ plan, expected }) => plan !== undefined && plan !== expected);
  return {
    sentences: outcomes.length,
    exact: exactOf(outcomes),
    byLanguage: by(({ sample }) => sample.language),
    byFamily: by(({ sample }) => sample.family),
    sure: share(sure.length, outcomes.length),
    exactWhereSure: exactOf(sure),
    /** Of all sentences: acted on as another program than was said. The rest of what is not exact is refused or handed over. */
    wrongProgramWhereSure: share(
      sure.filter(({ exact, found }) => !exact && !isFailure(found)).length,
      outcomes.length,
    ),
    /** The planner as a whole: right programs and rightly refused; wrong programs; the rest is asked in other words. */
    withGrammar: { right: share(right.length, plans.length), wrong: share(wrong.length, plans.length) },
  };
}

/** The lowest confidence above which this share of sentences is read exactly; never so high that most are turned away. */
export function calibrate(outcomes: readonly Outcome[], wanted: number): number {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  const candidates = [0.99, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3];
  const reaches = (threshold: number): boolean => {
    const sure = sorted.filter(({ confidence }) => confidence >= threshold);
    return sure.length > 0 && sure.filter(({ exact }) => exact).length / sure.length >= wanted;
  };
  const accepts = (threshold: number): number =>
    sorted.filter(({ confidence }) => confidence >= threshold).length / sorted.length;
  const good = candidates.filter(reaches);
  const lowest = good.length === 0 ? candidates[0] : Math.min(...good);
  return accepts(lowest) >= 0.7 ? lowest : (candidates.find((threshold) => accepts(threshold) >= 0.7) ?? 0.5);
}
