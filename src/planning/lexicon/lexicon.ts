import { COLORS, DRAWER_STATES, type Color } from "../../domain/vocabulary.js";
import { CHINESE_FUNCTION_WORDS, ENGLISH_FUNCTION_WORDS } from "./function-words.js";
import type { Extreme, Meaning, Side, Size } from "./meaning.js";
import { ALL_NOUN_GROUPS, PLURAL_ONLY, pluralOf } from "./nouns.js";
import {
  CHINESE_DIGITS,
  COLOR_WORDS,
  EXTREME_WORDS,
  NUMBER_WORDS,
  ORDINAL_WORDS,
  SIDE_WORDS,
  SIZE_WORDS,
  STATE_WORDS,
} from "./qualities.js";

/** Surface forms (lower case) to meanings, with the length of the longest form: words for English, characters for Chinese. */
export interface WordTable {
  readonly meanings: ReadonlyMap<string, Meaning>;
  readonly longest: number;
}

export interface Lexicon {
  readonly english: WordTable;
  readonly chinese: WordTable;
}

type Entry = readonly [words: string, meaning: Meaning];

const split = (words: string): readonly string[] => (words === "" ? [] : words.split(", "));

/** Earlier entries win, so that a word's most usual role is the one that is listed first. */
function tableOf(entries: readonly Entry[], lengthOf: (form: string) => number): WordTable {
  const meanings = new Map<string, Meaning>();
  for (const [words, meaning] of entries) {
    for (const form of split(words)) if (!meanings.has(form)) meanings.set(form, meaning);
  }
  return { meanings, longest: Math.max(...[...meanings.keys()].map(lengthOf)) };
}

/** "咖啡" alone is a drink; the other colour words stand with and without 色. */
const chineseColorForms = (base: string): string => (base === "咖啡" ? "咖啡色" : `${base}色, ${base}`);

function* qualityEntries(language: 0 | 1): Generator<Entry> {
  for (const color of COLORS) {
    const words = COLOR_WORDS[color][language];
    yield [
      language === 0 ? words : split(words).map(chineseColorForms).join(", "),
      { type: "color", color } satisfies { type: "color"; color: Color },
    ];
  }
  for (const size of Object.keys(SIZE_WORDS) as Size[]) yield [SIZE_WORDS[size][language], { type: "size", size }];
  for (const state of DRAWER_STATES) yield [STATE_WORDS[state][language], { type: "state", state }];
  for (const side of Object.keys(SIDE_WORDS) as Side[]) yield [SIDE_WORDS[side][language], { type: "side", side }];
  for (const extreme of Object.keys(EXTREME_WORDS) as Extreme[])
    yield [EXTREME_WORDS[extreme][language], { type: "extreme", extreme }];
}

function* englishEntries(): Generator<Entry> {
  yield* ENGLISH_FUNCTION_WORDS;
  yield* qualityEntries(0);
  for (const [index, words] of ORDINAL_WORDS) yield [words, { type: "ordinal", index }];
  for (const [word, value] of Object.entries(NUMBER_WORDS)) yield [word, { type: "number", value }];
  for (const { kinds, english, surface } of ALL_NOUN_GROUPS) {
    for (const noun of english) {
      const plural = PLURAL_ONLY.has(noun);
      yield [noun, { type: "noun", kinds, plural, surface }];
      if (!plural) yield [pluralOf(noun), { type: "noun", kinds, plural: surface === undefined, surface }];
    }
  }
}

function* chineseEntries(): Generator<Entry> {
  yield* CHINESE_FUNCTION_WORDS;
  yield* qualityEntries(1);
  for (const [digit, value] of Object.entries(CHINESE_DIGITS)) {
    yield [
      `第${digit}, 第${digit}个, 第${digit}只, 第${digit}块, 第${value}, 第${value}个`,
      { type: "ordinal", index: value },
    ];
    yield [digit, { type: "number", value }];
  }
  yield ["最后一个, 最后一只, 倒数第一个", { type: "ordinal", index: -1 }];
  for (const { kinds, chinese, surface } of ALL_NOUN_GROUPS) {
    for (const noun of chinese) yield [noun, { type: "noun", kinds, plural: false, surface }];
  }
}

/** Builds the lookup tables of both languages from the word lists. */
export function createLexicon(): Lexicon {
  return {
    english: tableOf([...englishEntries()], (form) => form.split(/[\s-]/u).length),
    chinese: tableOf([...chineseEntries()], (form) => form.length),
  };
}

/** The lexicon is constant data, built on first use only. */
export const LEXICON: Lexicon = createLexicon();
