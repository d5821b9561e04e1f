import { spellCheck } from "./spell-check.js";
import type { StopSpotter } from "./stop-spotter.js";

export interface StopWatchShape {
  /** What is listened for, by the index of the spotter's logits. */
  readonly words: readonly string[];
  /** How each is spelled, in indices of the symbols that the hearing network writes. */
  readonly letters: readonly (readonly number[])[];
  /** Symbols of the hearing network. */
  readonly symbols: number;
  /** For each word, a logit that makes the hearing network look, and what the spelling has to reach; 0 is a perfect one. */
  readonly maybe: readonly number[];
  readonly spelled: readonly number[];
  /** A logit that is enough without a look. */
  readonly sure: number;
}

export interface StopFound {
  readonly word: string;
  /** Seconds of sound that had been heard when it was decided. */
  readonly atS: number;
}

/** One look of the hearing network, for whoever sets thresholds. */
export interface StopLook {
  readonly word: number;
  readonly atS: number;
  readonly logit: number;
  readonly spelling: number;
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
  readonly onLook?: (look: StopLook) => void;
}

const RATE_HZ = 16_000;
const PIECE = 320;
/** What the hearing network is given: this much before the moment at which it looks. */
const LOOK_BACK = 1.7 * RATE_HZ;
/** Samples after which it looks, since the spotter first thought that it might be; a word's end is clear a little later. */
const LOOKS_AFTER = [0.16, 0.3, 0.5].map((seconds) => seconds * RATE_HZ);
/** A recording may end with the word; the spotter decides a little later. */
const SILENCE_BEHIND = 0.3 * RATE_HZ;

interface Suspicion {
  readonly since: number;
  looks: number;
  logit: number;
}

/**
 * Two ears for the words to stop: a small network listens to every 20 ms and is quick to suspect, and what it suspects is
 * spelled by the large one. Sure ones need no second look.
 */
export function createStopWatch({ shape, makeSpotter, spell, onLook }: StopWatchOptions): StopWatch {
  const { words, letters, symbols, maybe, sure, spelled } = shape;
  let logits = new Float32Array(words.length);
  const spotter = makeSpotter((row) => void (logits = Float32Array.from(row)));
  const past = new Float32Array(LOOK_BACK);
  let count = 0;
  let suspicions: (Suspicion | undefined)[] = words.map(() => undefined);
  /** Words that were found, or not confirmed, and have not faded since. */
  let over = words.map(() => false);

  const look = async (word: number, suspicion: Suspicion): Promise<boolean> => {
    suspicion.looks++;
    const scores = await spell(past.slice(-Math.min(count, LOOK_BACK)));
    const spelling = spellCheck(scores, symbols, letters[word]);
    onLook?.({ word, atS: count / RATE_HZ, logit: suspicion.logit, spelling });
    return spelling >= spelled[word];
  };
  const found = (word: number): StopFound => {
    over[word] = true;
    suspicions[word] = undefined;
    return { word: words[word], atS: count / RATE_HZ };
  };
  const judge = async (word: number): Promise<boolean> => {
    const logit = logits[word];
    if (logit < maybe[word] - 1) over[word] = false;
    if (logit > sure && !over[word]) return true;
    const suspicion = suspicions[word];
    if (suspicion === undefined) {
      if (logit > maybe[word] && !over[word]) suspicions[word] = { since: count, looks: 0, logit };
      return false;
    }
    suspicion.logit = Math.max(suspicion.logit, logit);
    if (count - suspicion.since < LOOKS_AFTER[suspicion.looks]) return false;
    if (await look(word, suspicion)) return true;
    if (suspicion.looks === LOOKS_AFTER.length) {
      suspicions[word] = undefined;
      over[word] = true;
    }
    return false;
  };

  const hear = async (samples: Float32Array): Promise<StopFound | undefined> => {
    let first: StopFound | undefined;
    for (let at = 0; at < samples.length; at += PIECE) {
      const piece = samples.subarray(at, at + PIECE);
      past.copyWithin(0, piece.length);
      past.set(piece, LOOK_BACK - piece.length);
      count += piece.length;
      spotter.hear(piece);
      for (let word = 0; word < words.length; word++) {
        if (!(await judge(word))) continue;
        const now = found(word);
        first ??= now;
      }
    }
    return first;
  };

  return {
    hear,
    end: async () => {
      let first = await hear(new Float32Array(SILENCE_BEHIND));
      for (const [word, suspicion] of suspicions.entries()) {
        if (suspicion === undefined || !(await look(word, suspicion))) continue;
        first ??= found(word);
      }
      spotter.reset();
      logits = new Float32Array(words.length);
      past.fill(0);
      count = 0;
      suspicions = words.map(() => undefined);
      over = words.map(() => false);
      return first;
    },
  };
}
