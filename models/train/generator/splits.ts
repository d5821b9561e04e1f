import type { Color, Kind } from "../../../src/domain/vocabulary.js";
import { ControllerError } from "../../../src/domain/errors.js";

/** Suites score with seeds from here on: nothing that learns may see them. */
export const FIRST_SUITE_SEED = 900_000;

/** First scene seed of each split; disjoint by construction as long as a split stays below the next one's base. */
export const SPLIT_SEEDS = { train: 1_000, calibrate: 700_000, evaluate: 800_000 } as const;
export type Split = keyof typeof SPLIT_SEEDS;

const SPLIT_ENDS: Readonly<Record<Split, number>> = {
  train: SPLIT_SEEDS.calibrate,
  calibrate: SPLIT_SEEDS.evaluate,
  evaluate: FIRST_SUITE_SEED,
};

/** Colours that these kinds never have in training; how well they are named anyway says whether words were learnt apart. */
export const UNSEEN_COMBINATIONS = [
  { kind: "bowl", color: "purple" },
  { kind: "bag", color: "yellow" },
  { kind: "can", color: "green" },
  { kind: "block", color: "orange" },
  { kind: "mug", color: "white" },
] as const satisfies readonly { kind: Kind; color: Color }[];

export const isUnseenCombination = (kind: Kind, color: Color): boolean =>
  UNSEEN_COMBINATIONS.some((pair) => pair.kind === kind && pair.color === color);

/** Seed of scene `index` of a split. Throws `bad-input` where it would leave the split, above all for suite seeds. */
export function sceneSeed(split: Split, index: number): number {
  const seed = SPLIT_SEEDS[split] + index;
  if (index < 0 || seed >= SPLIT_ENDS[split] || seed >= FIRST_SUITE_SEED) {
    throw new ControllerError(
      "bad-input",
      `Scene ${index} of split "${split}" would have seed ${seed}; its seeds end below ${SPLIT_ENDS[split]} ` +
        `(${FIRST_SUITE_SEED} and above belong to the suites). Ask for fewer pictures.`,
    );
  }
  return seed;
}
