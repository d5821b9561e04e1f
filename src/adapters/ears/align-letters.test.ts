import { describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import { alignLetters } from "./align-letters.js";

const WIDTH = 3;

/** The sum over every alignment that spells these symbols, one by one. */
function byHand(scores: Float32Array, letters: readonly number[]): number {
  const steps = scores.length / WIDTH;
  let sum = 0;
  for (let draw = 0; draw < WIDTH ** steps; draw++) {
    const path = Array.from({ length: steps }, (_, step) => Math.floor(draw / WIDTH ** step) % WIDTH);
    const spelled = path.filter((symbol, step) => symbol !== 0 && symbol !== path[step - 1]);
    if (spelled.join() !== letters.join()) continue;
    sum += Math.exp(path.reduce((total, symbol, step) => total + scores[step * WIDTH + symbol], 0));
  }
  return Math.log(sum);
}

function someScores(steps: number, seed: number): Float32Array {
  const random = createRandom(seed);
  const rows = Array.from({ length: steps }, () => {
    const row = Array.from({ length: WIDTH }, () => random.next() + 0.05);
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((value) => Math.log(value / sum));
  });
  return Float32Array.from(rows.flat());
}

describe("alignLetters", () => {
  it.each([[[]], [[1]], [[1, 2]], [[1, 1]], [[2, 1, 2]], [[1, 1, 2, 2]]].map((one, i) => [i, ...one] as const))(
    "sums over all alignments (%i: %j)",
    (seed, letters) => {
      const scores = someScores(7, seed);

      expect(alignLetters(scores, WIDTH, letters)).toBeCloseTo(byHand(scores, letters), 5);
    },
  );

  it("is impossible where there are fewer steps than symbols, or than a doubled one needs", () => {
    expect(alignLetters(someScores(2, 1), WIDTH, [1, 2, 1])).toBe(-Infinity);
    expect(alignLetters(someScores(2, 1), WIDTH, [1, 1])).toBe(-Infinity);
    expect(alignLetters(new Float32Array(), WIDTH, [1])).toBe(-Infinity);
    expect(alignLetters(new Float32Array(), WIDTH, [])).toBe(0);
  });

  it("leaves out what is hopeless without another result", () => {
    // Long and clear: most states are far behind the best all the way.
    const letters = Array.from({ length: 60 }, (_, i) => 1 + (i % 2));
    const clear = letters.flatMap((letter) =>
      [0, letter].flatMap((heard) => [0, 1, 2].map((symbol) => Math.log(symbol === heard ? 0.98 : 0.01))),
    );
    const best = letters.length * 2 * Math.log(0.98);
    const found = alignLetters(Float32Array.from(clear), WIDTH, letters);

    expect(found).toBeGreaterThanOrEqual(best);
    expect(found).toBeLessThan(best + 2);
  });
});
