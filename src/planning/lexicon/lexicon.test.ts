import { describe, expect, it } from "vitest";
import { COLORS, KINDS } from "../../domain/vocabulary.js";
import { LEXICON } from "./lexicon.js";
import { KIND_NOUNS, pluralOf } from "./nouns.js";
import { COLOR_WORDS } from "./qualities.js";
import { tokenize } from "./tokenize.js";

const types = (text: string): string =>
  tokenize(text)
    .map(({ text: word, meaning }) => `${word}:${meaning.type}`)
    .join(" ");

describe("lexicon", () => {
  it.each(KINDS)("leads every word for %s to its kind", (kind) => {
    for (const word of [
      ...KIND_NOUNS[kind].english,
      ...KIND_NOUNS[kind].english.map(pluralOf),
      ...KIND_NOUNS[kind].chinese,
    ])
      expect(tokenize(word)).toMatchObject([{ meaning: { type: "noun", kinds: [kind] } }]);
  });

  it.each(COLORS)("leads every word for %s to its colour", (color) => {
    for (const word of COLOR_WORDS[color][0].split(", "))
      expect(tokenize(word)).toMatchObject([{ meaning: { type: "color", color } }]);
    for (const word of COLOR_WORDS[color][1].split(", "))
      expect(tokenize(`${word}色`)).toMatchObject([{ meaning: { type: "color", color } }]);
  });

  it("has no empty form", () => {
    expect(LEXICON.english.meanings.has("")).toBe(false);
    expect(LEXICON.chinese.meanings.has("")).toBe(false);
  });
});

describe("tokenize", () => {
  it("prefers the longest phrase and drops fillers", () => {
    expect(types("Could you please put it on top of the shelf")).toBe(
      "put:verb it:pronoun on top of:preposition the:article shelf:noun",
    );
    expect(types("请把杯子放到水槽里面")).toBe("把:particle 杯子:noun 放到:verb 水槽:noun 里面:localizer");
  });

  it("keeps unknown words whole, even with a known character inside", () => {
    expect(types("拿洗碗机")).toBe("拿:verb 洗碗机:unknown");
    expect(types("take the unicorn")).toBe("take:verb the:article unicorn:unknown");
  });

  it("reads full-width signs and digits like plain ones", () => {
    expect(types("等３秒，")).toBe("等:verb 3:number 秒:particle ,:particle");
  });
});
