import { lettersAlone, MOST_STRAIN, strainOf } from "./letters-alone.js";
import type { Language } from "./language.js";
import { add, NEVER, tokensOf, type History, type Node, type Path } from "./word-paths.js";

export interface Decoded {
  /** Indices into the language's tokens. */
  readonly tokens: readonly number[];
  /** How much likelier the letters heard are without any words in mind, per letter; 0 is perfect agreement. */
  readonly strain: number;
  /** Logarithm of the best words' part among all that were considered; 0 is no doubt. */
  readonly doubt: number;
  /** Mean logarithm of the likeliest symbol where a letter is heard; 0 is a clear voice. */
  readonly clarity: number;
}

/** The best of what was found, and the rest. */
export interface Ranked extends Decoded {
  /** What it may have been, likeliest first. */
  readonly candidates: readonly (readonly number[])[];
}

/** Probability that all words are right: bias, and weights of strain, doubt and clarity, of its logit. */
export const confidenceOf = ({ strain, doubt, clarity }: Decoded, [bias, ...weights]: readonly number[]): number =>
  1 / (1 + Math.exp(-(bias + weights[0] * strain + weights[1] * doubt + weights[2] * clarity)));

/** So many candidates are told. */
const TOLD = 40;
/** Taken off what ends in the middle of a word. */
const BROKEN_OFF = 4;

interface Ended {
  readonly history: History;
  readonly heard: number;
  readonly total: number;
}

interface Ending {
  readonly language: Language;
  readonly languageWeight: number;
  readonly width: number;
  readonly root: Node;
  readonly extend: (history: History, token: number) => History;
  readonly isMeant: (token: number) => boolean;
}

/** Ends every path's last word, and compares the best with the others and with the letters alone. */
export function rankPaths(
  paths: readonly Path[],
  scores: Float32Array,
  { language, languageWeight, extend, isMeant, width, root }: Ending,
): Ranked {
  const ended = new Map<number, Ended>();
  for (const { node, history, blank, voiced } of paths) {
    const heard = add(blank, voiced);
    const words = node === root ? [] : node.tokens.filter(isMeant);
    const isCut = node !== root && words.length === 0;
    // A last word that breaks off is left out, or a sentence whose end is cut would lose to some shorter one that ends well.
    const histories = words.length === 0 ? [history] : words.map((token) => extend(history, token));
    for (const last of histories) {
      const over = languageWeight * language.score(last.before?.token ?? language.start, last.token, language.end);
      const before = ended.get(last.id);
      const sum = add(before?.heard ?? NEVER, heard);
      ended.set(last.id, { history: last, heard: sum, total: sum + last.score + over - (isCut ? BROKEN_OFF : 0) });
    }
  }
  const ranked = [...ended.values()].sort((a, b) => b.total - a.total);
  const best = ranked.at(0);
  const everything = ranked.reduce((sum, { total }) => add(sum, total), NEVER);
  const alone = lettersAlone(scores, width);
  return {
    tokens: best === undefined ? [] : tokensOf(best.history),
    candidates: ranked.slice(0, TOLD).map(({ history }) => tokensOf(history)),
    strain: best === undefined ? MOST_STRAIN : strainOf(alone, best.heard),
    doubt: best === undefined ? 0 : best.total - everything,
    clarity: alone.clarity,
  };
}
