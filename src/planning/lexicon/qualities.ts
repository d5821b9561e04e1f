import type { Color, DrawerState } from "../../domain/vocabulary.js";
import type { Extreme, Side, Size } from "./meaning.js";

/** Synonyms in English and Chinese for each canonical quality. Chinese colours are listed without 色 and 色的. */
type Synonyms = readonly [english: string, chinese: string];

export const COLOR_WORDS: Readonly<Record<Color, Synonyms>> = {
  red: ["red, crimson, scarlet", "红, 大红, 深红"],
  orange: ["orange", "橙, 橘, 橘黄, 橙黄"],
  yellow: ["yellow, golden", "黄, 金黄"],
  green: ["green", "绿, 深绿, 浅绿"],
  cyan: ["cyan, turquoise, teal, aqua", "青, 蓝绿, 青绿"],
  blue: ["blue, navy, navy blue, dark blue", "蓝, 深蓝, 浅蓝, 天蓝"],
  purple: ["purple, violet", "紫"],
  pink: ["pink, rose", "粉, 粉红"],
  brown: ["brown", "棕, 褐, 咖啡"],
  white: ["white", "白, 乳白"],
  gray: ["gray, grey, silver", "灰, 银"],
  black: ["black", "黑"],
};

export const SIZE_WORDS: Readonly<Record<Size, Synonyms>> = {
  small: ["small, little, tiny", "小, 小号"],
  large: ["large, big, huge", "大, 大号"],
};

export const STATE_WORDS: Readonly<Record<DrawerState, Synonyms>> = {
  open: ["opened", "开着, 打开着, 敞开, 已打开"],
  ajar: ["ajar, half open, half-open, slightly open, partly open", "半开, 半开着, 没关严, 虚掩, 微开"],
  closed: ["closed", "关着, 关闭着, 已关上, 关好"],
};

export const SIDE_WORDS: Readonly<Record<Side, Synonyms>> = {
  left: [
    "left, left hand, left-hand, lefthand, on the left, at the left, on the left side, to the left, on your left",
    "",
  ],
  right: [
    "right, right hand, right-hand, righthand, on the right, at the right, on the right side, to the right, on your right",
    "",
  ],
  front: ["front, in front, at the front, in the front, forward, forwards", ""],
  back: ["at the back, in the back, rear, backward, backwards", ""],
  top: ["top, upper, at the top", ""],
  bottom: ["bottom, lower, at the bottom", ""],
  middle: ["middle, center, centre, in the middle, central", "正中间"],
};

export const EXTREME_WORDS: Readonly<Record<Extreme, Synonyms>> = {
  leftmost: [
    "leftmost, left-most, furthest left, farthest left, on the far left, furthest to the left, farthest to the left",
    "最左边, 最左侧, 最左面, 最左",
  ],
  rightmost: [
    "rightmost, right-most, furthest right, farthest right, on the far right, furthest to the right, farthest to the right",
    "最右边, 最右侧, 最右面, 最右",
  ],
  nearest: ["nearest, closest, nearest to you, closest to you", "最近, 最前面, 最前边, 离你最近, 离机器人最近"],
  farthest: [
    "farthest, furthest, farthest away, furthest away, farthest from you, furthest from you",
    "最远, 最后面, 最后边, 最里面, 离你最远, 离机器人最远",
  ],
  biggest: ["biggest, largest, bigger, larger", "最大, 较大, 大一点, 更大"],
  smallest: ["smallest, littlest, tiniest, smaller", "最小, 较小, 小一点, 更小"],
  tallest: ["tallest, taller", "最高, 较高, 高一点"],
  shortest: ["shortest, shorter", "最矮, 较矮, 矮一点"],
  highest: ["highest, topmost", "最上面, 最上边, 最顶上"],
  lowest: ["lowest, bottommost", "最下面, 最下边, 最底下"],
};

export const ORDINAL_WORDS: readonly (readonly [index: number, english: string])[] = [
  [1, "first, 1st"],
  [2, "second, 2nd"],
  [3, "third, 3rd"],
  [4, "fourth, 4th"],
  [5, "fifth, 5th"],
  [6, "sixth, 6th"],
  [-1, "last"],
];

/** English number words; "one" is not among them because it also stands for a noun. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
};

export const CHINESE_DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
