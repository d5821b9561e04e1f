import { chooseWords, isSure, type ChoiceWeights, type Choosing } from "../../../src/adapters/ears/choose-words.js";
import { letterDecoder } from "../../../src/adapters/ears/decode-letters.js";
import { tokenWriter } from "../../../src/adapters/ears/decode-text.js";
import type { EarsParameters } from "../../../src/adapters/ears/ears-net.js";
import { candidateGatherer, type Candidate, type TapeRead } from "../../../src/adapters/ears/gather-candidates.js";
import { createLanguage, type LanguageCounts } from "../../../src/adapters/ears/language.js";
import type { Decoded } from "../../../src/adapters/ears/rank-paths.js";
import type { SentenceJudge } from "../../../src/adapters/ears/sentence-judge.js";
import { fitConfidence, type Example } from "./fit-confidence.js";
import type { HeardGroup } from "./hear-group.js";
import type { Spoken } from "./measure.js";
import { isSalad, outcomeOf, rate, type Outcome } from "./outcome.js";

/** Weights that are tried for the search of one listener, and for the choice among what all find. */
const LANGUAGE = [0.7, 0.9, 1.1];
const BONUS = [-1.5, -0.5, 0.5];
const COUNTED = [0, 0.15, 0.3];
const SENTENCE = [0.6, 0.7, 0.8, 0.9, 1, 1.1];
const WORD = [-2.5, -1.5, -0.5, 0.5, 1.5];
const THRESHOLD = 0.3;

export type Reading = Pick<
  EarsParameters,
  "languageWeight" | "wordBonus" | "tapeWeights" | "choice" | "confidenceWeights" | "confidenceThreshold"
>;

/** An utterance that was read by every listener, and all that it may have been. */
export interface Read {
  readonly spoken: Spoken;
  readonly tapes: readonly TapeRead[];
  readonly candidates: readonly Candidate[];
}

export interface Reader {
  /** What is likeliest to one listener. */
  readonly decode: (scores: Float32Array) => Decoded;
  readonly read: (heard: HeardGroup) => Promise<Read>;
  readonly outcome: (spoken: Spoken, decoded: Decoded) => Outcome;
}

/** Reads as `ears-net.ts` does, but with every listener, and keeps what there is to choose from. */
export function createReader(
  counts: LanguageCounts,
  symbols: readonly string[],
  judge: SentenceJudge,
  weights: Pick<Reading, "languageWeight" | "wordBonus">,
): Reader {
  const language = createLanguage(counts);
  const decode = letterDecoder(language, symbols, weights);
  const gather = candidateGatherer(language, symbols, judge);
  const write = tokenWriter(counts, language);
  return {
    decode: (scores) => decode(scores),
    read: async ({ spoken, scores }) => {
      const tapes = scores.map((one) => ({ scores: one, decoded: decode(one) }));
      return { spoken, tapes, candidates: await gather(tapes) };
    },
    outcome: (spoken, decoded) => outcomeOf(spoken, decoded, write(decoded.tokens).text),
  };
}

/** What is chosen in the end. */
export function choose({ tapes, candidates }: Read, choosing: Choosing, width: number): Decoded {
  return isSure(tapes[0], choosing) ? tapes[0].decoded : chooseWords(tapes, candidates, choosing, width);
}

export interface TuneOptions {
  readonly counts: LanguageCounts;
  readonly symbols: readonly string[];
  readonly judge: SentenceJudge;
  /** Utterances of calibration voices at the noise of the figures, and with more of it: as hard as voices that it does not know. */
  readonly quiet: readonly HeardGroup[];
  readonly noisy: readonly HeardGroup[];
  readonly onProgress: (line: string) => void;
}

/** Every weight of reading, one after another, on texts and voices that are in no figure. */
export async function tuneReading({
  counts,
  symbols,
  judge,
  quiet,
  noisy,
  onProgress,
}: TuneOptions): Promise<{ reading: Reading; reader: Reader }> {
  // What people say, half of it for the search's two weights: they are no more than two. By the first listener.
  const some = quiet.filter((one, index) => index % 2 === 0 && !isSalad(one));
  const searches = LANGUAGE.flatMap((languageWeight) => BONUS.map((wordBonus) => ({ languageWeight, wordBonus })));
  const search = least(searches, (weights) => {
    const { decode, outcome } = createReader(counts, symbols, judge, weights);
    const found = rate(some.map(({ spoken, scores }) => outcome(spoken, decode(scores[0]))));
    onProgress(`${JSON.stringify(weights)}: ${(100 * found).toFixed(2)} %`);
    return found;
  });
  const reader = createReader(counts, symbols, judge, search);
  const exampleOf = ({ decoded, errors }: Outcome): Example => ({
    features: [decoded.strain, decoded.doubt, decoded.clarity],
    right: errors === 0,
  });
  const [few, many] = [await readAll(reader, quiet), await readAll(reader, noisy)];
  const single = [...few, ...many].flatMap(({ spoken, tapes }) =>
    tapes.map(({ decoded }) => exampleOf(reader.outcome(spoken, decoded))),
  );
  const tapeWeights = fitConfidence(single);
  const speech = [...few, ...many].filter((one) => !isSalad(one));
  const rateWith = (choice: ChoiceWeights, reads: readonly Read[]): number =>
    rate(reads.map((read) => reader.outcome(read.spoken, choose(read, { tapeWeights, choice }, symbols.length))));
  const choices = COUNTED.flatMap((counted) =>
    SENTENCE.flatMap((sentence) => WORD.map((word) => ({ counted, sentence, word }))),
  );
  const choice = least(choices, (weights) => rateWith(weights, speech));
  onProgress(`${JSON.stringify(choice)}: ${(100 * rateWith(choice, speech)).toFixed(2)} % with more noise and less`);
  const confidenceWeights = fitConfidence(
    few.map((read) => exampleOf(reader.outcome(read.spoken, choose(read, { tapeWeights, choice }, symbols.length)))),
  );
  return { reader, reading: { ...search, tapeWeights, choice, confidenceWeights, confidenceThreshold: THRESHOLD } };
}

async function readAll(reader: Reader, heard: readonly HeardGroup[]): Promise<readonly Read[]> {
  const reads: Read[] = [];
  for (const one of heard) reads.push(await reader.read(one));
  return reads;
}

function least<T>(all: readonly T[], cost: (one: T) => number): T {
  let best = { one: all[0], cost: Infinity };
  for (const one of all) {
    const now = cost(one);
    if (now < best.cost) best = { one, cost: now };
  }
  return best.one;
}
