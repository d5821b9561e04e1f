import type { Color, Kind } from "../../src/domain/vocabulary.js";
import type { Language } from "./episode.js";

/** What people call each kind of thing; the first is the commonest. */
export const KIND_WORDS: Readonly<Record<Language, Readonly<Record<Kind, readonly string[]>>>> = {
  en: {
    bag: ["bag", "pouch"],
    mug: ["mug", "cup"],
    can: ["can"],
    bottle: ["bottle"],
    apple: ["apple"],
    banana: ["banana"],
    lemon: ["lemon"],
    sponge: ["sponge"],
    box: ["box"],
    block: ["block", "cube"],
    bowl: ["bowl"],
    drawer: ["drawer"],
    sink: ["sink"],
    shelf: ["shelf"],
    zone: ["zone", "area"],
    handle: ["handle"],
  },
  zh: {
    bag: ["袋子", "包装袋"],
    mug: ["杯子", "马克杯"],
    can: ["罐子", "易拉罐"],
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
    shelf: ["架子"],
    zone: ["区域"],
    handle: ["把手"],
  },
};

export const COLOR_WORDS: Readonly<Record<Language, Readonly<Record<Color, string>>>> = {
  en: {
    red: "red",
    orange: "orange",
    yellow: "yellow",
    green: "green",
    cyan: "cyan",
    blue: "blue",
    purple: "purple",
    pink: "pink",
    brown: "brown",
    white: "white",
    gray: "gray",
    black: "black",
  },
  zh: {
    red: "红色",
    orange: "橙色",
    yellow: "黄色",
    green: "绿色",
    cyan: "青色",
    blue: "蓝色",
    purple: "紫色",
    pink: "粉色",
    brown: "棕色",
    white: "白色",
    gray: "灰色",
    black: "黑色",
  },
};

export const SIZE_WORDS: Readonly<Record<Language, Readonly<Record<"small" | "large", string>>>> = {
  en: { small: "small", large: "large" },
  zh: { small: "小", large: "大" },
};
