import { spellCheck } from "./spell-check.js";
import type { StopSpotter } from "./stop-spotter.js";
import { atSpeed } from "./tapes.js";

/** How much what else is known counts beside the spelling, whose best is 0. */
export interface StopWeights {
  /** For each unit of the spotter's logit. */
  readonly spotter: number;
  /** Where the word is among what was said. */
  readonly said: number;
}

export interface StopWatchShape {
  /** What is listened for, by the index of the spotter's logits. */
  readonly words: readonly string[];
  /** How each is spelled, in indices of the symbols that the hearing network writes. */
  readonly letters: readonly (readonly number[])[];
  /** Symbols of the hearing network. */
  readonly symbols: number;
  /** A logit below which nobody looks. */
  readonly maybe: number;
  /** For each word. */
  readonly weights: readonly StopWeights[];
  /** For each word, the score of a look that is enough: `scoreOf`. */
  readonly least: readonly number[];
  /** A logit that is enough without a look. */
  readonly sure: number;
  /** Speeds at which a look listens, as of a tape, one after another until one is enough. */
  readonly tapes: readonly number[];
}

/** The natural speed, and two at which a voice that the network does not know may be more like one that it does. */
export const STOP_TAPES = [1, 1.1, 0.91] as const;

export interface StopFound {
  readonly word: string;
  /** Seconds of sound that had been heard when it was decided. */
  readonly atS: number;
}

/** One look of the hearing network at one word. */
export interface StopLook {
  readonly word: number;
  readonly atS: number;
  /** The highest of the spotter in the last moments. */
  readonly logit: number;
  /** How well the word alone explains some part of what was heard; 0 is perfect. */
  readonly spelling: number;
  /** Whether the word is among what was said, by what commands are like; undefined where that could not turn the decision. */
  readonly said?: boolean;
}

export interface StopWatch {
  /** The next samples at 16 kHz, any number of them. The first word to stop that was decided on in them. */
  hear(samples: Float32Array): Promise<StopFound | undefined>;
  /** The sound is over: decides on what it would have waited for. The watch is as new afterwards. */
  end(): Promise<StopFound | undefined>;
}

export interface StopWatchOptions {
  readonly shape: StopWatchShape;
  /** A spotter that tells the logits of every 20 ms. */
  readonly makeSpotter: (listener: (logits: Float32Array) => void) => StopSpotter;
  /** The hearing network: log probabilities of its symbols, row by row. */
  readonly spell: (samples: Float32Array) => Promise<Float32Array>;
  /** What is said, of such log probabilities: English words with spaces between them, or Chinese characters. */
  readonly read: (scores: Float32Array) => string;
  /** For whoever sets thresholds; then every look reads what is said. */
  readonly onLook?: (look: StopLook) => void;
}

const RATE_HZ = 16_000;
const PIECE = 320;
/** What the hearing network is given: this much before the moment at which it looks. */
const LOOK_BACK = 1.7 * RATE_HZ;
/** While something might be a word, it looks this often; a word's end is clear a little later. */
const LOOK_EVERY = 0.16 * RATE_HZ;
/** Pieces for which the spotter's suspicion lasts. */
const RECENT = 30;
/** A recording may end with the word; the spotter decides a little later. */
const SILENCE_BEHIND = 0.3 * RATE_HZ;
/** Logits beyond these tell no more. */
const LOGITS = { least: -8, most: 6 } as const;

/** Spelled worse than this, nothing else makes it the word, and no other speed is tried. */
const HOPELESS = -16;

interface Spelled {
  readonly word: number;
  readonly spelling: number;
}

/** The spelling, and what speaks for it besides. */
export const scoreOf = ({ spelling, logit, said }: StopLook, { spotter, said: bonus }: StopWeights): number =>
  spelling + spotter * Math.min(LOGITS.most, Math.max(LOGITS.least, logit)) + (said === true ? bonus : 0);

const isAmong = (text: string, word: string): boolean =>
  /^[a-z]/u.test(word) ? text.split(" ").includes(word) : text.includes(word);

/**
 * Two ears for the words to stop: a small network listens to every 20 ms and is quick to suspect, and while it does, the large
 * one looks at the last seconds. How the word is spelled, how much it is suspected and whether it makes sense among the words
 * around it count together. What the small one is sure of needs no look.
 */
export function createStopWatch(options: StopWatchOptions): StopWatch {
  const { shape, makeSpotter, spell, read, onLook } = options;
  const { words, letters, symbols, maybe, sure, weights, least, tapes } = shape;
  let recent: Float32Array[] = [];
  const spotter = makeSpotter((row) => {
    recent.push(Float32Array.from(row));
    if (recent.length > RECENT) recent.shift();
  });
  const past = new Float32Array(LOOK_BACK);
  let count = 0;
  let nextLook = LOOK_EVERY;
  /** Until when a word that was found is the same one. */
  let overUntil = words.map(() => 0);

  const suspected = (word: number): number => Math.max(-Infinity, ...recent.map((row) => row[word]));
  const isEnough = ({ word, spelling }: Spelled, saying: () => string): boolean => {
    let look: StopLook = { word, atS: count / RATE_HZ, logit: suspected(word), spelling };
    const [alone, together] = [look, { ...look, said: true }].map((one) => scoreOf(one, weights[word]) >= least[word]);
    if (onLook !== undefined || alone !== together) look = { ...look, said: isAmong(saying(), words[word]) };
    onLook?.(look);
    return scoreOf(look, weights[word]) >= least[word];
  };
  const look = async (): Promise<number | undefined> => {
    const asked = words.flatMap((_, word) => (count >= overUntil[word] && suspected(word) > maybe ? [word] : []));
    if (asked.length === 0) return undefined;
    nextLook = count + LOOK_EVERY;
    const lately = past.slice(-Math.min(count, LOOK_BACK));
    for (const speed of tapes) {
      const scores = await spell(atSpeed(lately, speed));
      let text: string | undefined;
      const near = asked
        .map((word) => ({ word, spelling: spellCheck(scores, symbols, letters[word]) }))
        .filter(({ spelling }) => spelling > HOPELESS);
      const found = near.find((spelled) => isEnough(spelled, () => (text ??= read(scores))));
      if (found !== undefined) return found.word;
      if (near.length === 0) break;
    }
    return undefined;
  };
  const found = (word: number): StopFound => {
    overUntil[word] = count + LOOK_BACK;
    return { word: words[word], atS: count / RATE_HZ };
  };
  const judge = async (): Promise<StopFound | undefined> => {
    const now = recent.at(-1);
    const certain = words.findIndex((_, word) => (now?.[word] ?? -Infinity) > sure && count >= overUntil[word]);
    if (certain >= 0) return found(certain);
    const word = count < nextLook ? undefined : await look();
    return word === undefined ? undefined : found(word);
  };

  const hear = async (samples: Float32Array): Promise<StopFound | undefined> => {
    let first: StopFound | undefined;
    for (let at = 0; at < samples.length; at += PIECE) {
      const piece = samples.subarray(at, at + PIECE);
      past.copyWithin(0, piece.length);
      past.set(piece, LOOK_BACK - piece.length);
      count += piece.length;
      spotter.hear(piece);
      const now = await judge();
      first ??= now;
    }
    return first;
  };

  return {
    hear,
    end: async () => {
      let first = await hear(new Float32Array(SILENCE_BEHIND));
      const last = await look();
      if (last !== undefined) first ??= found(last);
      spotter.reset();
      recent = [];
      past.fill(0);
      count = 0;
      nextLook = LOOK_EVERY;
      overUntil = words.map(() => 0);
      return first;
    },
  };
}
