import { expect, it } from "vitest";
import { createRandom } from "../../../src/domain/random.js";
import { fitLogistic, type Guess } from "./fit-logistic.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

it("finds the logistic by which guesses came true", () => {
  const random = createRandom(3);
  const guesses = Array.from({ length: 20_000 }, (): Guess => {
    const logit = random.between(-3, 3);
    return { logit, isRight: random.chance(sigmoid(2 * logit + 0.7)) };
  });

  const { slope, offset } = fitLogistic(guesses);

  expect(Math.abs(slope - 2)).toBeLessThan(0.1);
  expect(Math.abs(offset - 0.7)).toBeLessThan(0.1);
});

it("stays finite where every guess was right, and leaves the odds alone where there were none", () => {
  const { slope, offset } = fitLogistic(Array.from({ length: 50 }, () => ({ logit: 1, isRight: true })));

  expect(slope + offset).toBeGreaterThan(1);
  expect(slope + offset).toBeLessThan(10);
  expect(fitLogistic([])).toEqual({ slope: 1, offset: 0 });
});
