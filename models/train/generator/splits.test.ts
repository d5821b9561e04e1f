import { describe, expect, it } from "vitest";
import { FIRST_SUITE_SEED, isUnseenCombination, sceneSeed, SPLIT_SEEDS, type Split } from "./splits.js";
import { trainingScene } from "./training-scene.js";

const SPLITS = Object.keys(SPLIT_SEEDS) as Split[];

describe("sceneSeed", () => {
  it.each(SPLITS)("refuses to let %s reach the suites' seeds", (split) => {
    const suite = FIRST_SUITE_SEED - SPLIT_SEEDS[split];

    expect(() => sceneSeed(split, suite)).toThrow(/900000 and above belong to the suites/);
    expect(() => sceneSeed(split, suite + 12_345)).toThrow(/Ask for fewer pictures/);
  });

  it("keeps the splits apart", () => {
    expect(() => sceneSeed("train", SPLIT_SEEDS.calibrate - SPLIT_SEEDS.train)).toThrow(/seeds end below 700000/);
    expect(sceneSeed("train", SPLIT_SEEDS.calibrate - SPLIT_SEEDS.train - 1)).toBe(SPLIT_SEEDS.calibrate - 1);
  });
});

describe("trainingScene", () => {
  it("never shows a combination that is kept for evaluation", () => {
    const objects = Array.from({ length: 60 }, (_, i) => trainingScene("train", sceneSeed("train", i)).objects).flat();

    expect(objects.filter(({ kind, color }) => isUnseenCombination(kind, color))).toEqual([]);
    expect(objects.some(({ kind, color }) => kind === "bag" && color === "green")).toBe(true);
  });

  it("shows those combinations when evaluating", () => {
    const objects = Array.from({ length: 20 }, (_, i) => trainingScene("evaluate", sceneSeed("evaluate", i)).objects);

    expect(objects.flat().some(({ kind, color }) => isUnseenCombination(kind, color))).toBe(true);
  });
});
