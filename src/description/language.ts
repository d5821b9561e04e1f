import type { Color, DrawerState, Kind } from "../domain/vocabulary.js";
import { KIND_NOUNS, pluralOf } from "../planning/lexicon/nouns.js";
import { COLOR_WORDS } from "../planning/lexicon/qualities.js";

export type Language = "en" | "zh";

/** Chinese if there is a Chinese character in it. */
export const languageOf = (text: string): Language => (/\p{Script=Han}/u.test(text) ? "zh" : "en");

const ENGLISH_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const CHINESE_NUMBERS = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];

/** "three", 三; digits above ten. */
export const numberWord = (count: number, language: Language): string =>
  (language === "en" ? ENGLISH_NUMBERS : CHINESE_NUMBERS)[count] ?? String(count);

const MEASURES: Readonly<Partial<Record<Kind, string>>> = { banana: "根", sponge: "块", block: "块", bag: "个" };
export const measureOf = (kind: Kind): string => MEASURES[kind] ?? "个";

const first = (words: string): string => words.split(", ")[0];

/** "mug", "mugs", 杯子. */
export function nounOf(kind: Kind, language: Language, count = 1): string {
  if (language === "zh") return KIND_NOUNS[kind].chinese[0];
  const [noun] = KIND_NOUNS[kind].english;
  return count === 1 ? noun : pluralOf(noun);
}

/** "red", 红色. */
export const colorWord = (color: Color, language: Language): string =>
  language === "en" ? first(COLOR_WORDS[color][0]) : `${first(COLOR_WORDS[color][1])}色`;

const STATES: Readonly<Record<Language, Readonly<Record<DrawerState, string>>>> = {
  en: { open: "open", ajar: "half-open", closed: "closed" },
  zh: { open: "打开的", ajar: "半开的", closed: "关着的" },
};
export const stateWord = (state: DrawerState, language: Language): string => STATES[language][state];

/** "an apple", "a mug", "an orange can". */
export const withArticle = (noun: string): string => `${/^[aeiou]/iu.test(noun) ? "an" : "a"} ${noun}`;

/** "a, b and c"; a、b和c. */
export function listed(items: readonly string[], language: Language): string {
  if (items.length < 2) return items[0] ?? "";
  const head = items.slice(0, -1);
  const last = items[items.length - 1];
  return language === "en" ? `${head.join(", ")} and ${last}` : `${head.join("、")}和${last}`;
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Centimetres below a metre, else metres with two digits. */
export function lengthOf(metres: number, language: Language): string {
  if (metres < 0.995) {
    const centimetres = Math.max(1, Math.round(metres * 100));
    return language === "en" ? `${centimetres} cm` : `${centimetres}厘米`;
  }
  return language === "en" ? `${metres.toFixed(2)} m` : `${metres.toFixed(2)}米`;
}
