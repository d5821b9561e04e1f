import { scoreOf, type StopLook, type StopWeights } from "../../../src/adapters/ears/stop-watch.js";

/** All looks at one utterance, and the word to stop that is in it, if any. */
export interface Looked {
  readonly looks: readonly StopLook[];
  readonly word?: number;
}

export interface Choice {
  readonly weights: StopWeights;
  /** The score that is enough. */
  readonly least: number;
  /** The part of its utterances that is found, and the utterances without it that are taken for one with it. */
  readonly found: number;
  readonly alarms: number;
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
 * The weights and the score that find most of a word for `allowed` alarms. What is spoken without any word to stop sets the
 * score; utterances of another word say nothing about this one.
 */
export function chooseStop(utterances: readonly Looked[], word: number, allowed: number): Choice {
  const [own, others] = [word, undefined].map((wanted) => utterances.filter((one) => one.word === wanted));
  if (own.length === 0 || others.length === 0)
    throw new Error("Expected utterances with the word and utterances without any, to choose thresholds on.");
  let chosen: Choice = { weights: { spotter: 0, said: 0 }, least: Infinity, found: 0, alarms: 0 };
  let most = -Infinity;
  for (const spotter of SPOTTER) {
    for (const said of SAID) {
      const weights = { spotter, said };
      const [right, wrong] = [own, others].map((some) => some.map((one) => best(one, word, weights)));
      const edge = wrong.toSorted((a, b) => b - a)[allowed] ?? -Infinity;
      const least =
        Math.round((Math.max(edge, Math.min(...right.filter(Number.isFinite)) - MARGIN) + 0.05) * 100) / 100;
      const found = right.filter((score) => score >= least);
      const margin = found.reduce((sum, score) => sum + Math.min(MARGIN, score - least), 0);
      const worth = (found.length + (MARGIN_COUNTS * margin) / MARGIN) / own.length;
      if (worth <= most) continue;
      most = worth;
      const alarms = wrong.filter((score) => score >= least).length;
      chosen = { weights, least, found: found.length / own.length, alarms };
    }
  }
  return chosen;
}
