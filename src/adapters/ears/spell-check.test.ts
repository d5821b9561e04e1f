import { describe, expect, it } from "vitest";
import { spellCheck } from "./spell-check.js";

const SYMBOLS = Array.from("_ abcdefghijklmnopqrstuvwxyz'");
const STOP = Array.from("stop", (letter) => SYMBOLS.indexOf(letter));

/** Log probabilities of a network that is quite sure of these symbols, one a step. */
function heard(text: string, doubt: Readonly<Record<number, string>> = {}): Float32Array {
  return Float32Array.from(
    Array.from(text).flatMap((symbol, step) =>
      SYMBOLS.map((one) => (one === symbol ? Math.log(0.6) : one === doubt[step] ? Math.log(0.3) : Math.log(0.1 / 27))),
    ),
  );
}
const check = (scores: Float32Array): number => spellCheck(scores, SYMBOLS.length, STOP);

describe("the check of a word by its letters", () => {
  it.each(["stop", "_s_t_oo_p__", "okay stop", "o_kayy _ss_tt_o_p_ now", "stop at once"])(
    "costs nothing where the letters are %s",
    (text) => {
      expect(check(heard(text))).toBe(0);
    },
  );

  it.each(["", "top", "step", "the _shop is", "stopper", "nonstop", "stock", "____", "sto_"])(
    "costs much where they are %s",
    (text) => {
      expect(check(heard(text))).toBeLessThan(-3);
    },
  );

  it("costs as much as the letters that have to be bent", () => {
    expect(check(heard("step", { 2: "o" }))).toBeCloseTo(Math.log(0.3 / 0.6), 5);
  });

  it("does not take one letter that is held for two", () => {
    const double = Array.from("too", (letter) => SYMBOLS.indexOf(letter));

    expect(spellCheck(heard("to_o"), SYMBOLS.length, double)).toBe(0);
    expect(spellCheck(heard("tooo"), SYMBOLS.length, double)).toBeLessThan(-3);
  });
});
