import { describe, expect, it } from "vitest";
import { describeChoice, likeliest, partsOf } from "./choose-words.js";
import { candidateGatherer, type Candidate, type TapeRead } from "./gather-candidates.js";
import { createLanguage, type LanguageCounts } from "./language.js";

const SYMBOLS = Array.from("_ abc");
const WORDS = ["a", "b", "ca"];
const [A, B, CA, START, END] = [0, 1, 2, 3, 4];
const COUNTS: LanguageCounts = {
  english: WORDS,
  sounds: WORDS,
  syllables: [],
  ones: [2, 2, 2, 0, 3],
  twos: [START, A, 5, 5, A, B, 5, 5, B, END, 5, 5, START, CA, 1, 1, CA, END, 1, 1],
  threes: [],
  characters: "",
  spoken: [],
  seen: [],
  pairs: [],
};
const language = createLanguage(COUNTS);

/** Steps of symbols that are heard clearly. */
const heard = (path: string, clear = 0.9): Float32Array =>
  Float32Array.from(
    Array.from(path).flatMap((letter) =>
      SYMBOLS.map((symbol) => Math.log(symbol === letter ? clear : (1 - clear) / 4)),
    ),
  );
const tapeOf = (path: string, candidates: readonly (readonly number[])[]): TapeRead => ({
  scores: heard(path),
  decoded: { tokens: candidates[0] ?? [], candidates, strain: 0, doubt: 0, clarity: 0 },
});
const candidate = (tokens: readonly number[], ...heardAt: readonly number[]): Candidate => ({
  tokens,
  heard: heardAt,
  counted: 0,
  sentence: 0,
});
const EVEN = { counted: 0, sentence: 0, word: 0 };

describe("gathering candidates", () => {
  const judge = (sentences: readonly (readonly number[])[]): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(sentences, (words) => -words.length));
  const gather = candidateGatherer(language, SYMBOLS, judge);

  it("takes every sentence once, and scores it with every listener", async () => {
    const found = await gather([tapeOf("a_ b", [[A, B], [A]]), tapeOf("ca", [[CA], [A]])]);

    expect(found.map(({ tokens }) => tokens)).toEqual([[A, B], [CA], [A]]);
    for (const { heard: at } of found) expect(at).toHaveLength(2);
    const [both, one] = found;
    expect(both.heard[0]).toBeGreaterThan(one.heard[0]);
    expect(one.heard[1]).toBeGreaterThan(both.heard[1]);
    expect(both).toMatchObject({ counted: language.sentence([A, B]), sentence: -2 });
  });

  it("finds none where nothing may have been said", async () => {
    expect(await gather([tapeOf("__", [])])).toEqual([]);
  });
});

describe("the likeliest words", () => {
  it("are heard best by the listeners that count most", () => {
    const both = [candidate([A], -2, -9), candidate([B], -9, -2)];

    expect(likeliest(both, partsOf([0.9, 0.1]), EVEN)?.candidate.tokens).toEqual([A]);
    expect(likeliest(both, partsOf([0.1, 0.9]), EVEN)?.candidate.tokens).toEqual([B]);
  });

  it("are a likely sentence where both are heard alike", () => {
    const both = [
      { ...candidate([A], -2), sentence: -9, counted: -1 },
      { ...candidate([B], -2.1), sentence: -3, counted: -5 },
    ];

    expect(likeliest(both, [1], { ...EVEN, sentence: 0.5 })?.candidate.tokens).toEqual([B]);
    expect(likeliest(both, [1], { ...EVEN, counted: 0.5 })?.candidate.tokens).toEqual([A]);
  });

  it("are in doubt as far as others are likely", () => {
    const alone = likeliest([candidate([A], -2)], [1], EVEN);
    const rivalled = likeliest([candidate([A], -2), candidate([B], -2)], [1], EVEN);

    expect(alone?.doubt).toBeCloseTo(0, 9);
    expect(rivalled?.doubt).toBeCloseTo(Math.log(0.5), 9);
    expect(likeliest([], [1], EVEN)).toBeUndefined();
  });

  it("may be heard by one listener alone, and not by one without a part", () => {
    const both = [candidate([A], -1, -Infinity), candidate([B], -50, -50)];

    expect(likeliest(both, [0.5, 0.5], EVEN)?.candidate.tokens).toEqual([A]);
    expect(likeliest(both, [0, 1], EVEN)?.candidate.tokens).toEqual([B]);
  });

  it("count every listener alike where none is sure at all", () => {
    expect(partsOf([0, 0])).toEqual([0.5, 0.5]);
  });
});

describe("what speaks for a choice", () => {
  it("is no strain where the words are what was heard, and more where they are not", () => {
    const tapes = [tapeOf("a_ b", [])];
    const describe = (tokens: readonly number[], at: number): number =>
      describeChoice(tapes, [1], { candidate: candidate(tokens, at), doubt: -0.5 }, SYMBOLS.length).strain;

    expect(describe([A, B], 4 * Math.log(0.9))).toBeCloseTo(0, 5);
    expect(describe([A], -20)).toBeGreaterThan(5);
    expect(describe([B, B, B], -Infinity)).toBe(9);
  });
});
