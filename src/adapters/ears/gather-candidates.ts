import { alignLetters } from "./align-letters.js";
import type { Language } from "./language.js";
import type { Ranked } from "./rank-paths.js";
import type { SentenceJudge } from "./sentence-judge.js";

/** What one listener heard: a network at a speed of the tape. */
export interface TapeRead {
  /** Log probabilities of each symbol for each step, row by row. */
  readonly scores: Float32Array;
  readonly decoded: Ranked;
}

/** A sentence that may have been said, with all that speaks for it. */
export interface Candidate {
  readonly tokens: readonly number[];
  /** Natural logarithm of how likely it was heard, by each listener. */
  readonly heard: readonly number[];
  /** The same of the words, by counts of three in a row. */
  readonly counted: number;
  /** And by the network of sentences. */
  readonly sentence: number;
}

/** Candidates are looked at more closely in order of their rank with each listener; so many altogether. */
const MOST = 96;
const SPACE = 1;

/** Every sentence that is likely to some listener, with how likely it is to all of them. */
export function candidateGatherer(
  language: Language,
  symbols: readonly string[],
  judge: SentenceJudge,
): (tapes: readonly TapeRead[]) => Promise<readonly Candidate[]> {
  const letters = language.sounds.map((sounds) => Array.from(sounds, (sound) => symbols.indexOf(sound)));
  const spell = (tokens: readonly number[]): readonly number[] =>
    tokens.flatMap((token, at) => (at === 0 ? letters[token] : [SPACE, ...letters[token]]));

  return async (tapes) => {
    const found = new Map<string, readonly number[]>();
    const deepest = Math.max(0, ...tapes.map(({ decoded }) => decoded.candidates.length));
    for (let rank = 0; rank < deepest && found.size < MOST; rank++)
      for (const { decoded } of tapes) {
        const tokens = decoded.candidates.at(rank);
        if (tokens !== undefined) found.set(tokens.join(), tokens);
      }
    const sentences = [...found.values()];
    const likely = await judge(sentences);
    return sentences.map((tokens, i) => {
      const spelled = spell(tokens);
      return {
        tokens,
        heard: tapes.map(({ scores }) => alignLetters(scores, symbols.length, spelled)),
        counted: language.sentence(tokens),
        sentence: likely[i],
      };
    });
  };
}
