import { scoreOf, type StopLook, type StopWeights } from "../../../src/adapters/ears/stop-watch.js";

/** All looks at one utterance, and the word to stop that is in it, if any. */
export interface Looked {
  readonly looks: readonly StopLook[];
  readonly word?: number;
}

export interface Choice {
  readonly weights: StopWeights;
  /** For each word, the score that is enough. */
  readonly least: readonly number[];
  /** For each word, the part of its utterances that is found, and the utterances without it that are taken for one with it. */
  readonly found: readonly number[];
  readonly alarms: readonly number[];
}

const SPOTTER = [0.25, 0.5, 0.75, 1, 1.5];
const SAID = [0, 1, 2, 3, 4, 6];
/** Of what is found, how much further above what is enough counts, so that not the narrowest of equals is chosen. */
const MARGIN = 3;
const MARGIN_COUNTS = 0.01;

/** The best score of any look at this word; all utterances without looks are alike. */
const best = ({ looks }: Looked, word: number, weights: StopWeights): number =>
  looks.reduce((most, look) => (look.word === word ? Math.max(most, scoreOf(look, weights)) : most), -Infinity);

/**
 * The weights and scores that find most for `allowed` alarms of each word. What is spoken without a word to stop sets the
 * scores; utterances of one word say nothing about the other.
 */
export function chooseStop(utterances: readonly Looked[], words: number, allowed: number): Choice {
  if (utterances.length === 0) throw new Error("Expected utterances to choose thresholds on, found none.");
  let chosen: Choice = { weights: { spotter: 0, said: 0 }, least: [], found: [], alarms: [] };
  let most = -Infinity;
  for (const spotter of SPOTTER) {
    for (const said of SAID) {
      const weights = { spotter, said };
      const choice = { weights, least: [] as number[], found: [] as number[], alarms: [] as number[] };
      let worth = 0;
      for (let word = 0; word < words; word++) {
        const scores = (wanted: number | undefined): number[] =>
          utterances.filter((one) => one.word === wanted).map((one) => best(one, word, weights));
        const others = scores(undefined).toSorted((a, b) => b - a);
        const own = scores(word);
        const edge = Math.max(others[allowed] ?? -Infinity, Math.min(...own.filter(Number.isFinite)) - MARGIN);
        const least = Math.round((edge + 0.05) * 100) / 100;
        const found = own.filter((score) => score >= least);
        choice.least.push(least);
        choice.found.push(found.length / Math.max(1, own.length));
        choice.alarms.push(others.filter((score) => score >= least).length);
        const margin = found.reduce((sum, score) => sum + Math.min(MARGIN, score - least), 0) / Math.max(1, own.length);
        worth += found.length / Math.max(1, own.length) + (MARGIN_COUNTS * margin) / MARGIN;
      }
      if (worth <= most) continue;
      [most, chosen] = [worth, choice];
    }
  }
  return chosen;
}
