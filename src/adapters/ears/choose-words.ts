import type { Candidate, TapeRead } from "./gather-candidates.js";
import { lettersAlone, MOST_STRAIN, strainOf } from "./letters-alone.js";
import { confidenceOf, type Decoded } from "./rank-paths.js";
import { SURE } from "./tapes.js";
import { add, NEVER } from "./word-paths.js";

/** What counts beside what was heard, for the natural logarithms of both: how the words follow one another, and each word. */
export interface ChoiceWeights {
  /** Three words at a time, by counts. */
  readonly counted: number;
  /** The whole sentence, by the network of sentences. */
  readonly sentence: number;
  readonly word: number;
}

/** Instead of the logarithm of nothing: what was never heard is the last to be chosen. */
const LEAST = -1e6;

/** How likely each listener is the one to whom the voice is like some that it knows: by how sure it is. */
export function partsOf(confidences: readonly number[]): readonly number[] {
  const sum = confidences.reduce((a, b) => a + b, 0);
  return confidences.map((confidence) => (sum > 0 ? confidence / sum : 1 / confidences.length));
}

export interface Chosen {
  readonly candidate: Candidate;
  /** Natural logarithm of its part among all candidates; 0 is no doubt. */
  readonly doubt: number;
}

/**
 * The likeliest by all that speaks for it. Who hears best is not known, so how likely the sound is with these words is summed
 * over all listeners, each by its part. Undefined where there is no candidate.
 */
export function likeliest(
  candidates: readonly Candidate[],
  parts: readonly number[],
  weights: ChoiceWeights,
): Chosen | undefined {
  let best: { readonly candidate: Candidate; readonly total: number } | undefined;
  let everything = NEVER;
  for (const candidate of candidates) {
    const total =
      heardAtAny(candidate, parts) +
      weights.counted * candidate.counted +
      weights.sentence * candidate.sentence +
      weights.word * candidate.tokens.length;
    everything = add(everything, total);
    if (best === undefined || total > best.total) best = { candidate, total };
  }
  return best === undefined ? undefined : { candidate: best.candidate, doubt: best.total - everything };
}

const heardAtAny = ({ heard }: Candidate, parts: readonly number[]): number =>
  Math.max(
    LEAST,
    heard.reduce((sum, one, i) => add(sum, one + Math.log(parts[i])), NEVER),
  );

/** What speaks for the choice, as of a single listener: strain and clarity over all of them, by their parts. */
export function describeChoice(
  tapes: readonly TapeRead[],
  parts: readonly number[],
  { candidate, doubt }: Chosen,
  width: number,
): Decoded {
  const alone = tapes.map(({ scores }) => lettersAlone(scores, width));
  const over = (value: (tape: number) => number): number => parts.reduce((sum, part, i) => sum + part * value(i), 0);
  return {
    tokens: candidate.tokens,
    doubt,
    // Words that some listener cannot have heard are no worse for it than the worst.
    strain: over((i) => Math.min(MOST_STRAIN, strainOf(alone[i], candidate.heard[i]))),
    clarity: over((i) => alone[i].clarity),
  };
}

export interface Choosing {
  /** Of `confidenceOf`, for one listener. */
  readonly tapeWeights: readonly number[];
  readonly choice: ChoiceWeights;
}

/** Whether nobody else needs to listen. */
export const isSure = ({ decoded }: TapeRead, { tapeWeights }: Pick<Choosing, "tapeWeights">): boolean =>
  confidenceOf(decoded, tapeWeights) >= SURE;

/** The likeliest of what all listeners may have heard, of `width` symbols; what the first heard where there is no candidate. */
export function chooseWords(
  tapes: readonly TapeRead[],
  candidates: readonly Candidate[],
  { tapeWeights, choice }: Choosing,
  width: number,
): Decoded {
  const parts = partsOf(tapes.map(({ decoded }) => confidenceOf(decoded, tapeWeights)));
  const chosen = likeliest(candidates, parts, choice);
  return chosen === undefined ? tapes[0].decoded : describeChoice(tapes, parts, chosen, width);
}
