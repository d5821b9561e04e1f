import { describe, expect, it } from "vitest";
import { reliabilityOf } from "./reliability.js";

const said = (probability: number, right: number, of: number) =>
  Array.from({ length: of }, (_, i) => ({ probability, isRight: i < right }));

describe("reliabilityOf", () => {
  it("finds no error in what is right as often as it says", () => {
    const { ece, bins } = reliabilityOf([...said(0.75, 75, 100), ...said(1, 10, 10)]);

    expect(ece).toBeCloseTo(0, 10);
    expect(bins).toHaveLength(10);
    expect(bins[7]).toMatchObject({ count: 100, said: 0.75, right: 0.75 });
    expect(bins[9].count).toBe(10);
  });

  it("weighs the error of each bin by its cases", () => {
    const { ece } = reliabilityOf([...said(0.95, 65, 100), ...said(0.55, 55, 100)]);

    expect(ece).toBeCloseTo(0.15, 10);
  });

  it("says nothing about nothing", () => {
    expect(reliabilityOf([]).ece).toBe(0);
  });
});
