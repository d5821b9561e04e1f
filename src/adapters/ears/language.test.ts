import { describe, expect, it } from "vitest";
import { createLanguage, parseLanguage, type LanguageCounts } from "./language.js";

const [A, B, C, START, END] = [0, 1, 2, 3, 4];
/** Sentences: "a b" three times, "a c" once, "b c" once, "c" once. Threes counted less than twice are left out. */
const COUNTS: LanguageCounts = {
  english: ["a", "b"],
  sounds: ["^", "B2"],
  syllables: ["ci"],
  ones: [1, 2, 3, 0, 2],
  twos: [
    [START, START, 6, 0],
    [START, A, 4, 1],
    [START, B, 1, 1],
    [START, C, 1, 1],
    [A, B, 3, 1],
    [A, C, 1, 1],
    [B, C, 1, 1],
    [B, END, 3, 1],
    [C, END, 3, 3],
  ].flat(),
  threes: [
    [START, START, A, 4],
    [START, A, B, 3],
    [A, B, END, 3],
  ].flat(),
  characters: "次",
  spoken: [0],
  seen: [3],
  pairs: [],
};
const language = createLanguage(COUNTS);
const chance = (before: number, last: number, token: number): number => Math.exp(language.score(before, last, token));

describe("what commands are like", () => {
  it.each([
    [START, START],
    [START, A],
    [A, B],
    [A, C],
    [B, A],
  ])("gives all tokens after %i, %i a chance of one together", (before, last) => {
    const all = [A, B, C, START, END].reduce((sum, token) => sum + chance(before, last, token), 0);

    expect(all).toBeCloseTo(1, 9);
  });

  it("tells how likely a whole sentence is, its end included", () => {
    const byStep = language.score(START, START, A) + language.score(START, A, B) + language.score(A, B, END);

    expect(language.sentence([A, B])).toBeCloseTo(byStep, 9);
    expect(language.sentence([A, B])).toBeGreaterThan(language.sentence([B, A]));
  });

  it("goes by three tokens where they were counted, and by less where not", () => {
    expect(chance(START, A, B)).toBeGreaterThan(0.6);
    expect(chance(START, A, B)).toBeGreaterThan(chance(B, A, B));
    // Never counted after "c c", so all that is known is what follows "c".
    expect(language.score(C, C, END)).toBe(language.score(END, C, END));
  });

  it("expects a token in a new place by how many tokens it follows, not by how often it is said", () => {
    // "a" is said four times, always first; "c" three times, after everything.
    expect(chance(B, B, C)).toBeGreaterThan(chance(B, B, A));
  });

  it("knows how words sound, and syllables by their spelling", () => {
    expect(language.sounds).toEqual(["^", "B2", "ci"]);
  });

  it.each([["not json"], ["{}"], [JSON.stringify({ ...COUNTS, sounds: undefined })]])(
    "refuses a file that is %s",
    (text) => {
      expect(() => parseLanguage(new TextEncoder().encode(text))).toThrow(/words that the ears know are not usable/);
    },
  );
});
