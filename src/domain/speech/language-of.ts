/** Scripts that tell the language, the rarer ones first: Japanese is written with Chinese characters, too. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "ja"],
  [/\p{Script=Hangul}/u, "ko"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Thai}/u, "th"],
  [/\p{Script=Devanagari}/u, "hi"],
];

/** The language of a text by its script, BCP 47. Latin letters tell none apart: they are taken for English. */
export function languageOf(text: string): string {
  return SCRIPTS.find(([script]) => script.test(text))?.[1] ?? "en";
}
