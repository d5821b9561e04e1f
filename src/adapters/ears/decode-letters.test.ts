import { describe, expect, it } from "vitest";
import { letterDecoder } from "./decode-letters.js";
import { createLanguage, parseLanguage, type LanguageCounts } from "./language.js";
import { chineseWriter } from "./write-chinese.js";

const SYMBOLS = Array.from("_ abcdefghijklmnopqrstuvwxyz'");
const ENGLISH = ["bag", "bat", "green", "take", "the", "too"];
const [START, END] = [8, 9];
/** Tokens: 0 bag, 1 bat, 2 green, 3 take, 4 the, 5 too, 6 bei, 7 zi. */
const COUNTS: LanguageCounts = {
  english: ENGLISH,
  sounds: ENGLISH,
  syllables: ["bei", "zi"],
  ones: [40, 2, 10, 20, 40, 3, 20, 20, 0, 40],
  twos: [
    START,
    3,
    20,
    20,
    3,
    4,
    20,
    20,
    4,
    0,
    15,
    15,
    4,
    1,
    1,
    1,
    4,
    2,
    10,
    10,
    2,
    0,
    9,
    9,
    0,
    END,
    20,
    20,
    START,
    6,
    9,
    9,
    6,
    7,
    9,
    9,
    7,
    END,
    9,
    9,
  ],
  threes: [3, 4, 0, 12],
  characters: "杯被子字",
  spoken: [0, 0, 1, 1],
  seen: [9, 2, 9, 3],
  pairs: [-1, 0, 9, -1, 1, 1, 0, 2, 9, 1, 3, 1],
};

/** Steps of letters, `_` for a blank; every step leaves a little for `other`, or for everything else. */
function scoresOf(path: string, others: Readonly<Record<number, string>> = {}): Float32Array {
  return Float32Array.from(
    Array.from(path).flatMap((letter, step) =>
      SYMBOLS.map((symbol) => {
        if (symbol === others[step]) return Math.log(0.45);
        if (symbol === letter) return Math.log(others[step] === undefined ? 0.9 : 0.5);
        return Math.log(0.002);
      }),
    ),
  );
}
const language = createLanguage(COUNTS);
const decode = letterDecoder(language, SYMBOLS, { languageWeight: 0.6, wordBonus: 0.5 });
const wordsOf = (scores: Float32Array, only?: string): string =>
  decode(scores, only)
    .tokens.map((token) => language.tokens[token])
    .join(" ");

describe("letterDecoder", () => {
  it("reads letters as words, one for a letter that lasts", () => {
    expect(wordsOf(scoresOf("_ttake__ the__ bbag"))).toBe("take the bag");
  });

  it("reads a doubled letter only where a blank stands between", () => {
    expect(wordsOf(scoresOf("to_o"))).toBe("too");
  });

  it("lets commands decide between words that sound alike", () => {
    // The last letter is a t by a hair.
    const unsure = scoresOf("take the bat", { 11: "g" });

    expect(wordsOf(unsure)).toBe("take the bag");
    expect(decode(unsure).doubt).toBeLessThan(decode(scoresOf("take the bag")).doubt);
  });

  it("tells what else it may have been, likeliest first", () => {
    const { tokens, candidates } = decode(scoresOf("take the bat", { 11: "g" }));

    expect(candidates[0]).toEqual(tokens);
    expect(candidates).toContainEqual([3, 4, 1]);
    expect(new Set(candidates.map(String)).size).toBe(candidates.length);
  });

  it("reads nothing out of blanks", () => {
    expect(decode(scoresOf("________")).tokens).toEqual([]);
    expect(decode(new Float32Array()).tokens).toEqual([]);
  });

  it("tells by the strain that letters spell no words", () => {
    const [clear, strange] = [decode(scoresOf("take the bag")), decode(scoresOf("quxo zzy wrv"))];

    expect(clear.strain).toBeLessThan(0.3);
    expect(strange.strain).toBeGreaterThan(clear.strain + 1);
  });

  it("reads syllables, and only words of the language that was asked for", () => {
    expect(wordsOf(scoresOf("bei zi"))).toBe("bei zi");
    expect(wordsOf(scoresOf("bei zi"), "en")).not.toContain("bei");
    expect(wordsOf(scoresOf("take the bag"), "zh")).not.toContain("bag");
  });
});

describe("chineseWriter", () => {
  it("writes the characters that follow each other in commands", () => {
    const write = chineseWriter(COUNTS);

    expect(write([0, 1])).toBe("杯子");
    expect(write([])).toBe("");
  });
});

describe("parseLanguage", () => {
  it("refuses what is no language file", () => {
    expect(() => parseLanguage(new TextEncoder().encode("{}"))).toThrow(/not usable/);
    expect(() => parseLanguage(new Uint8Array([1, 2]))).toThrow(/not usable/);
  });
});
