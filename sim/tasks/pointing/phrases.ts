import type { Random } from "../../../src/domain/random.js";
import type { Color, DrawerState, Kind } from "../../../src/domain/vocabulary.js";
import type { Language } from "../episode.js";
import type { SpatialRelation } from "./relations.js";

// Written for this suite alone, as people speak; not by looking at what the grammar reads.

type ByLanguage<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, readonly string[]>>>>;

const NOUNS: ByLanguage<Kind> = {
  en: {
    bag: ["bag", "pouch", "packet"],
    mug: ["mug", "cup", "coffee mug"],
    can: ["can", "tin"],
    bottle: ["bottle"],
    apple: ["apple"],
    banana: ["banana"],
    lemon: ["lemon"],
    sponge: ["sponge"],
    box: ["box", "carton"],
    block: ["block", "cube"],
    bowl: ["bowl"],
    drawer: ["drawer"],
    sink: ["sink"],
    shelf: ["shelf"],
    zone: ["zone", "square"],
    handle: ["handle"],
  },
  zh: {
    bag: ["袋子", "包装袋"],
    mug: ["杯子", "马克杯"],
    can: ["罐子", "易拉罐", "罐头"],
    bottle: ["瓶子"],
    apple: ["苹果"],
    banana: ["香蕉"],
    lemon: ["柠檬"],
    sponge: ["海绵"],
    box: ["盒子"],
    block: ["积木", "方块"],
    bowl: ["碗"],
    drawer: ["抽屉"],
    sink: ["水槽"],
    shelf: ["架子", "置物架"],
    zone: ["区域", "方形区域"],
    handle: ["把手"],
  },
};

const COLOR_WORDS: ByLanguage<Color> = {
  en: {
    red: ["red"],
    orange: ["orange"],
    yellow: ["yellow"],
    green: ["green"],
    cyan: ["cyan", "turquoise"],
    blue: ["blue"],
    purple: ["purple", "violet"],
    pink: ["pink"],
    brown: ["brown"],
    white: ["white"],
    gray: ["gray", "grey"],
    black: ["black"],
  },
  zh: {
    red: ["红色", "红"],
    orange: ["橙色", "橘色"],
    yellow: ["黄色", "黄"],
    green: ["绿色", "绿"],
    cyan: ["青色"],
    blue: ["蓝色", "蓝"],
    purple: ["紫色", "紫"],
    pink: ["粉色", "粉红色"],
    brown: ["棕色", "褐色"],
    white: ["白色", "白"],
    gray: ["灰色"],
    black: ["黑色", "黑"],
  },
};

const SIZES: ByLanguage<"small" | "large"> = {
  en: { small: ["small", "little"], large: ["big", "large"] },
  zh: { small: ["小"], large: ["大"] },
};

const STATES: ByLanguage<DrawerState> = {
  en: { open: ["open"], ajar: ["half-open"], closed: ["closed"] },
  zh: { open: ["打开的"], ajar: ["半开的"], closed: ["关着的"] },
};

const RELATIONS: ByLanguage<SpatialRelation> = {
  en: {
    "left-of": ["{x} to the left of the {y}", "{x} left of the {y}", "{x} on the left side of the {y}"],
    "right-of": ["{x} to the right of the {y}", "{x} right of the {y}", "{x} that is to the right of the {y}"],
    "front-of": ["{x} in front of the {y}", "{x} standing in front of the {y}"],
    behind: ["{x} behind the {y}", "{x} that is behind the {y}"],
    in: ["{x} in the {y}", "{x} inside the {y}", "{x} that is in the {y}"],
    on: ["{x} on the {y}", "{x} on top of the {y}", "{x} standing on the {y}"],
    "next-to": ["{x} next to the {y}", "{x} beside the {y}", "{x} right next to the {y}"],
    between: ["{x} between the {y} and the {z}", "{x} in between the {y} and the {z}"],
    "nearest-to": ["{x} closest to the {y}", "{x} nearest to the {y}", "{x} that is nearest to the {y}"],
  },
  zh: {
    "left-of": ["{y}左边的{x}", "{y}左侧的{x}", "在{y}左边的{x}"],
    "right-of": ["{y}右边的{x}", "{y}右侧的{x}", "{y}右边的那个{x}"],
    "front-of": ["{y}前面的{x}", "{y}前方的{x}"],
    behind: ["{y}后面的{x}", "{y}背后的{x}"],
    in: ["{y}里的{x}", "{y}里面的{x}", "{y}里那个{x}"],
    on: ["{y}上的{x}", "{y}上面的{x}", "放在{y}上的{x}"],
    "next-to": ["{y}旁边的{x}", "{y}旁的{x}"],
    between: ["{y}和{z}之间的{x}", "{y}与{z}中间的{x}"],
    "nearest-to": ["离{y}最近的{x}", "最靠近{y}的{x}"],
  },
};

export type Extreme =
  "leftmost" | "rightmost" | "nearest" | "farthest" | "biggest" | "smallest" | "tallest" | "shortest";

const EXTREMES: ByLanguage<Extreme> = {
  en: {
    leftmost: ["leftmost {x}", "{x} on the far left", "{x} furthest to the left"],
    rightmost: ["rightmost {x}", "{x} on the far right"],
    nearest: ["nearest {x}", "closest {x}", "{x} closest to you"],
    farthest: ["farthest {x}", "{x} that is farthest away"],
    biggest: ["biggest {x}", "largest {x}"],
    smallest: ["smallest {x}"],
    tallest: ["tallest {x}"],
    shortest: ["shortest {x}"],
  },
  zh: {
    leftmost: ["最左边的{x}", "最左侧的{x}"],
    rightmost: ["最右边的{x}", "最右侧的那个{x}"],
    nearest: ["最近的{x}", "离你最近的{x}"],
    farthest: ["最远的{x}", "离机器人最远的{x}"],
    biggest: ["最大的{x}"],
    smallest: ["最小的{x}"],
    tallest: ["最高的{x}"],
    shortest: ["最矮的{x}"],
  },
};

const ORDINALS: Readonly<Record<Language, Readonly<Record<"left" | "right", readonly string[]>>>> = {
  en: {
    left: ["{n} {x} from the left", "{n} {x} counting from the left"],
    right: ["{n} {x} from the right"],
  },
  zh: { left: ["从左边数第{n}个{x}", "左起第{n}个{x}"], right: ["从右边数第{n}个{x}", "右起第{n}个{x}"] },
};
const NUMERALS: Readonly<Record<Language, readonly string[]>> = {
  en: ["first", "second", "third", "fourth"],
  zh: ["一", "二", "三", "四"],
};

export type FreeRelation = "left-of" | "right-of" | "front-of" | "behind" | "next-to" | "between" | "on";

const FREE: ByLanguage<FreeRelation> = {
  en: {
    "left-of": ["the free space left of the {y}", "the empty spot to the left of the {y}"],
    "right-of": ["the free space right of the {y}", "an empty place to the right of the {y}"],
    "front-of": ["the free space in front of the {y}", "the empty spot in front of the {y}"],
    behind: ["the free space behind the {y}", "an empty spot behind the {y}"],
    "next-to": ["a free place next to the {y}", "the free space beside the {y}"],
    between: ["the free space between the {y} and the {z}"],
    on: ["a free spot on the {y}", "some free space on the {y}", "an empty place on the {y}"],
  },
  zh: {
    "left-of": ["{y}左边的空位", "{y}左侧的空地方"],
    "right-of": ["{y}右边的空位", "{y}右侧的空地方"],
    "front-of": ["{y}前面的空位", "{y}前方的空处"],
    behind: ["{y}后面的空位", "{y}后方的空地方"],
    "next-to": ["{y}旁边的空位", "{y}旁边的空地方"],
    between: ["{y}和{z}之间的空位", "{y}和{z}中间的空地方"],
    on: ["{y}上的空位", "{y}上的空地方", "{y}上面的空处"],
  },
};

/** Names of the worktop itself. */
const WORKTOPS: Readonly<Record<Language, Readonly<Record<"kitchen" | "tabletop", readonly string[]>>>> = {
  en: { kitchen: ["counter", "worktop"], tabletop: ["table"] },
  zh: { kitchen: ["台面", "料理台"], tabletop: ["桌子", "桌面"] },
};

export interface Speaker {
  readonly language: Language;
  readonly random: Random;
}

export interface NounWords {
  readonly kind: Kind;
  readonly color?: Color;
  readonly size?: "small" | "large";
  readonly state?: DrawerState;
}

/** "big green mug", 大的绿杯子: without article or place. */
export function sayNoun({ language, random }: Speaker, { kind, color, size, state }: NounWords): string {
  const usual = random.chance(0.65);
  const noun = usual ? NOUNS[language][kind][0] : random.pick(NOUNS[language][kind]);
  const colorWord = color && random.pick(COLOR_WORDS[language][color]);
  const sizeWord = size && random.pick(SIZES[language][size]);
  const stateWord = state && random.pick(STATES[language][state]);
  if (language === "en") return [stateWord, sizeWord, colorWord, noun].filter(Boolean).join(" ");
  // 红杯子 stands without 的; 红色的杯子 rarely does.
  const colored = colorWord ? `${colorWord}${colorWord.length > 1 ? "的" : ""}` : "";
  const sized = sizeWord ? `${sizeWord}${colored ? "的" : ""}` : "";
  return `${stateWord ?? ""}${sized}${colored}${noun}`;
}

const fill = (template: string, slots: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w)\}/g, (_, slot: string) => slots[slot] ?? `{${slot}}`);

const definite = ({ language, random }: Speaker, noun: string): string => {
  if (language === "en") return random.chance(0.85) ? `the ${noun}` : noun;
  return random.chance(0.2) ? `那个${noun}` : noun;
};

export const sayThing = (speaker: Speaker, noun: string): string => definite(speaker, noun);

export function sayRelation(
  speaker: Speaker,
  relation: SpatialRelation,
  slots: { readonly x: string; readonly y: string; readonly z?: string },
): string {
  const said = fill(speaker.random.pick(RELATIONS[speaker.language][relation]), slots);
  return speaker.language === "en" ? `the ${said}` : said;
}

export function sayExtreme(speaker: Speaker, extreme: Extreme, x: string): string {
  const said = fill(speaker.random.pick(EXTREMES[speaker.language][extreme]), { x });
  return speaker.language === "en" ? `the ${said}` : said;
}

/** `index` from 1. */
export function sayOrdinal(speaker: Speaker, options: { index: number; from: "left" | "right"; x: string }): string {
  const n = NUMERALS[speaker.language][options.index - 1];
  const said = fill(speaker.random.pick(ORDINALS[speaker.language][options.from]), { n, x: options.x });
  return speaker.language === "en" ? `the ${said}` : said;
}

export const sayFree = (
  { language, random }: Speaker,
  relation: FreeRelation,
  slots: { readonly y: string; readonly z?: string },
): string => fill(random.pick(FREE[language][relation]), slots);

export const sayWorktop = ({ language, random }: Speaker, layout: "kitchen" | "tabletop"): string =>
  random.pick(WORKTOPS[language][layout]);
