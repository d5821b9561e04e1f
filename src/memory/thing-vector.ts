import { COLORS, KINDS } from "../domain/vocabulary.js";
import { tokenize } from "../planning/lexicon/tokenize.js";
import { attributesOf } from "../planning/reference/match-attributes.js";
import type { RememberedThing } from "../ports/picture-memory.js";

/**
 * What is in a picture, or what words speak of, as a vector in one space: how much of each kind, each colour, and each kind in each
 * colour. Length 1, or all 0 where nothing of the vocabulary is in it.
 */
export type ThingVector = readonly number[];

const PAIRS_AT = KINDS.length + COLORS.length;
const LENGTH = PAIRS_AT + KINDS.length * COLORS.length;
/** A red mug is more than something red and some mug. */
const PAIR_WEIGHT = 2;

const kindAt = (kind: string): number => KINDS.findIndex((each) => each === kind);
const colorAt = (color: string): number => COLORS.findIndex((each) => each === color);

/** Things weigh what their readings' probabilities say; several of a kind weigh no more than one. */
export function vectorOfThings(things: readonly Pick<RememberedThing, "label" | "attributes">[]): ThingVector {
  const vector = new Array<number>(LENGTH).fill(0);
  const raise = (at: number, value: number): void => void (vector[at] = Math.max(vector[at], value));
  for (const thing of things) {
    const { kind, color } = attributesOf(thing);
    for (const [kindName, kindShare] of kind) {
      if (kindAt(kindName) < 0) continue;
      raise(kindAt(kindName), kindShare);
      for (const [colorName, colorShare] of color) {
        if (colorAt(colorName) < 0) continue;
        raise(KINDS.length + colorAt(colorName), kindShare * colorShare);
        raise(PAIRS_AT + kindAt(kindName) * COLORS.length + colorAt(colorName), PAIR_WEIGHT * kindShare * colorShare);
      }
    }
  }
  return unit(vector);
}

/** English or Chinese: a colour belongs to the noun after it. */
export function vectorOfWords(words: string): ThingVector {
  const vector = new Array<number>(LENGTH).fill(0);
  let colors: string[] = [];
  for (const { meaning } of tokenize(words)) {
    if (meaning.type === "color") {
      colors.push(meaning.color);
      vector[KINDS.length + colorAt(meaning.color)] = 1;
    }
    if (meaning.type !== "noun") continue;
    for (const kind of meaning.kinds) {
      vector[kindAt(kind)] = 1;
      for (const color of colors) vector[PAIRS_AT + kindAt(kind) * COLORS.length + colorAt(color)] = PAIR_WEIGHT;
    }
    colors = [];
  }
  return unit(vector);
}

/** 0 to 1. */
export const cosine = (a: ThingVector, b: ThingVector): number => a.reduce((sum, value, at) => sum + value * b[at], 0);

function unit(vector: readonly number[]): ThingVector {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
