import { createRequire } from "node:module";

/** Character to pinyin with its tone as a digit (5: neutral); the reading that commands use. */
export const PINYIN = createRequire(import.meta.url)("./pinyin.json") as Readonly<Record<string, string>>;

const ENGLISH_NUMBERS: Readonly<Record<string, string>> = {
  "0.1": "zero point one",
  "0.15": "zero point one five",
  "0.2": "zero point two",
  "1st": "first",
  "2nd": "second",
  "3rd": "third",
  "4th": "fourth",
  "5th": "fifth",
  "6th": "sixth",
  "2": "two",
  "3": "three",
  "4": "four",
  "5": "five",
  "6": "six",
  "8": "eight",
  "10": "ten",
  "12": "twelve",
  "15": "fifteen",
  "20": "twenty",
  "30": "thirty",
};
/** One spelling for what sounds alike, so that errors of spelling are not counted as errors of hearing. */
const ENGLISH_SPELLINGS: Readonly<Record<string, string>> = {
  cm: "centimeters",
  m: "meters",
  s: "seconds",
  sec: "seconds",
  ok: "okay",
  colour: "color",
  grey: "gray",
  centimetres: "centimeters",
  metres: "meters",
  centre: "center",
};
const CHINESE_NUMBERS: Readonly<Record<string, string>> = {
  "0.15": "零点一五",
  "0.1": "零点一",
  "0.2": "零点二",
  "15": "十五",
  "10": "十",
  "1": "一",
  "2": "两",
  "3": "三",
  "4": "四",
  "5": "五",
  "6": "六",
  "8": "八",
};

export interface SpokenText {
  /** What the transcript is compared with: words apart by spaces, or characters. */
  readonly text: string;
  /** What the synthesiser is given: the text, or pinyin with tones. */
  readonly say: string;
  /** What the network has to spell: a to z, apostrophe and spaces. */
  readonly spell: string;
}

/** The words of an English sentence without punctuation; undefined where something cannot be spoken. */
export function speakEnglish(written: string): SpokenText | undefined {
  const words = written
    .toLowerCase()
    .replace(/(?<=\d)\.(?!\d)|[,;:?!"]|\.(?!\d)/gu, " ")
    .replace(/-/gu, " ")
    .split(/\s+/u)
    .filter((word) => word !== "")
    .flatMap((word) => (ENGLISH_NUMBERS[word] ?? ENGLISH_SPELLINGS[word] ?? word).split(" "));
  const text = words.join(" ");
  return words.length > 0 && /^[a-z' ]+$/u.test(text) ? { text, say: text, spell: text } : undefined;
}

/** The characters of a Chinese sentence without punctuation; undefined where one is not in the table. */
export function speakChinese(written: string): SpokenText | undefined {
  const text = written
    .replace(/\d+(?:\.\d+)?/gu, (number) => CHINESE_NUMBERS[number] ?? number)
    .replace(/[，。！？、；：,.?!;:\s]/gu, "");
  const syllables = Array.from(text).map((character) => PINYIN[character]);
  if (syllables.length === 0 || syllables.includes(undefined as never)) return undefined;
  return { text, say: syllables.join(" "), spell: syllables.join(" ").replace(/\d/gu, "") };
}
