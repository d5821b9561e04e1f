import type { Random } from "../../../src/domain/random.js";
import { plain, type Bit } from "./bits.js";

/** Characters that recognisers and input methods take for one another. Written in pairs. */
const HOMOPHONES: Readonly<Record<string, string>> = {
  袋: "带代",
  杯: "被背",
  抽: "臭愁",
  屉: "替题体",
  水: "睡",
  槽: "曹草",
  红: "洪宏",
  绿: "率律",
  蓝: "兰篮",
  罐: "灌贯",
  盒: "和合",
  碗: "晚",
  蕉: "交",
  柠: "宁",
  檬: "蒙",
  绵: "棉",
  放: "方访",
  把: "吧八",
  左: "坐做",
  右: "又有",
  架: "价驾",
  黄: "皇",
  紫: "子",
  拿: "那哪",
  里: "理李",
  苹: "平",
  瓶: "平",
  积: "机鸡",
  木: "目",
  打: "大",
  关: "观",
  推: "退",
  盘: "盆",
  色: "瑟",
  白: "百",
  黑: "嘿",
  橙: "成",
  粉: "份",
  最: "嘴",
  边: "变",
  上: "尚",
  第: "弟",
  二: "而",
  台: "抬",
  桌: "捉",
  在: "再",
  的: "得地",
};
const MISHEARD: Readonly<Record<string, string>> = {
  red: "read",
  blue: "blew",
  green: "grean",
  drawer: "draw, draws, drawyer",
  sink: "sync, zinc",
  mug: "mugg, muk",
  bag: "back, beg",
  can: "cann, ken",
  bowl: "bow, ball, bole",
  apple: "apel, appel",
  lemon: "lemmon",
  sponge: "spunge",
  bottle: "bottel, battle",
  shelf: "self, shell",
  to: "two, too",
  white: "wide, wite",
  gray: "great",
  brown: "brawn",
  purple: "purpel",
  left: "lift, laft",
  right: "write, rite",
  block: "black, blok",
  box: "books, bocks",
  the: "da, a",
  two: "to, too",
  four: "for",
  take: "take, teak",
  put: "but, poot",
  cup: "cap, cop",
  and: "an, n",
  banana: "bananna",
  yellow: "yello",
  drawers: "draws",
};

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function misspell(word: string, random: Random): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  const at = 1 + random.below(word.length - 2);
  switch (random.below(4)) {
    case 0:
      return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + word[at] + word.slice(at);
    default:
      return word.slice(0, at) + LETTERS.charAt(random.below(LETTERS.length)) + word.slice(at + 1);
  }
}

function mishearEnglish(text: string, random: Random): string {
  return text
    .split(" ")
    .map((word) => {
      const heard = MISHEARD[word];
      return heard !== undefined && random.chance(0.5) ? random.pick(heard.split(", ")) : misspell(word, random);
    })
    .join(" ");
}

function mishearChinese(text: string, random: Random): string {
  const places = text.split("").flatMap((character, i) => (HOMOPHONES[character] === undefined ? [] : [i]));
  if (places.length === 0) return text;
  const at = random.pick(places);
  return text
    .split("")
    .map((character, i) => (i === at ? random.pick(HOMOPHONES[character].split("")) : character))
    .join("");
}

/** What a recogniser or a hasty typist makes of a sentence: some words misheard, small words lost, no punctuation. */
export function addErrors(bits: readonly Bit[], language: "en" | "zh", random: Random): readonly Bit[] {
  const rate = random.pick([0.06, 0.12, 0.2]);
  const bare = random.chance(0.7);
  const mishear = language === "en" ? mishearEnglish : mishearChinese;
  return bits.flatMap((bit): readonly Bit[] => {
    const text = bare && bit.label === "none" ? bit.text.replaceAll(/[,.?!，。？！]/gu, " ") : bit.text;
    const isSmall = /^\s*(?:the|a|my|的|把|将|个)\s*$/u.test(text);
    if (isSmall && random.chance(rate)) return [plain(" ")];
    // A strange noun has no right spelling, and numbers are passed on as they are.
    const fixed = bit.label === "noun:other" || bit.label === "number";
    return [{ ...bit, text: !fixed && random.chance(rate) ? mishear(text, random) : text }];
  });
}

/** Hesitations between the pieces. */
export function hesitate(bits: readonly Bit[], fillers: readonly string[], random: Random): readonly Bit[] {
  const at = 1 + random.below(Math.max(1, bits.length - 1));
  const filler = plain(random.pick(fillers));
  const comma = random.chance(0.4) ? plain(/\p{Script=Han}/u.test(filler.text) ? "，" : ",") : undefined;
  return [...bits.slice(0, at), filler, ...(comma === undefined ? [] : [comma]), ...bits.slice(at)];
}
