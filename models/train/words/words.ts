import type { Random } from "../../../src/domain/random.js";
import { KINDS, MOVABLE_KINDS } from "../../../src/domain/vocabulary.js";
import { pluralOf } from "../../../src/planning/lexicon/nouns.js";
import { groupOf } from "../../../src/planning/onboard/read-noun.js";

export interface Chooser {
  readonly random: Random;
  readonly language: "en" | "zh";
  /** Unknown nouns come from the list that is never trained on. */
  readonly heldOut: boolean;
  /** How often a noun is one that the lexicon does not have. */
  readonly unknownNouns: number;
  /** With all of the phrasings, not only those that the first set of held-out templates was made with. */
  readonly wide: boolean;
}

/** Things that the robot does not know. The first lists are trained on, as examples; the second never are. */
const STRANGE = {
  en: "phone, book, pen, spoon, fork, knife, plate, keys, wallet, hammer, scissors, towel, candle, watch, remote, charger, orange juice, toy, pillow, lamp, onion, egg, bread, glove, brush, jar, vase, carrot, umbrella, shoe, hat, camera, tape, ruler, basket, tray, kettle lid, marker, notebook, ball",
  zh: "手机, 书, 笔, 勺子, 叉子, 刀, 盘子, 钥匙, 钱包, 锤子, 毛巾, 蜡烛, 手表, 充电器, 玩具, 枕头, 台灯, 洋葱, 鸡蛋, 面包, 手套, 刷子, 花瓶, 胡萝卜, 雨伞, 鞋, 帽子, 相机, 胶带, 尺子, 篮子, 托盘, 球, 本子, 土豆",
} as const;
const STRANGE_HELD_OUT = {
  en: "stapler, screwdriver, toothbrush, kettle, headphones, ladle, whisk, pumpkin, battery, mouse pad, spatula, thermos, pepper mill, calculator, corkscrew, funnel, tomato, peach, dice, tweezers",
  zh: "剪刀, 遥控器, 螺丝刀, 牙刷, 水壶, 耳机, 南瓜, 电池, 鼠标, 锅铲, 计算器, 漏斗, 西红柿, 桃子, 骰子, 镊子, 口红, 眼镜, 闹钟, 磁铁",
} as const;

const split = (words: string): readonly string[] => words.split(", ");
const SYLLABLES = split(
  "ba, do, fen, gri, hul, jop, ka, lim, mor, nex, pli, quo, ras, snu, tev, ud, vex, wim, yor, zan, ble, cro, dit, erk, flo, gam",
);

/** A word that no language has, so that the network learns to read a thing from its place in the sentence. */
export function pseudoWord(random: Random, language: Chooser["language"]): string {
  const count = 1 + random.below(3);
  const syllable = (): string =>
    language === "en" ? random.pick(SYLLABLES) : String.fromCodePoint(0x4e00 + random.below(0x51a5));
  const word = Array.from({ length: count }, syllable).join("");
  if (language === "en") return random.chance(0.2) ? `${word}s` : word.length < 3 ? `${word}le` : word;
  return random.chance(0.3) ? `${word}子` : random.chance(0.15) ? `${word}机` : word;
}

export interface ChosenNoun {
  readonly text: string;
  readonly label: string;
  readonly kind: string;
}

function chooseStrange(chooser: Chooser): ChosenNoun {
  const { random, language, heldOut } = chooser;
  const list = split(heldOut ? STRANGE_HELD_OUT[language] : STRANGE[language]);
  const text = !heldOut && random.chance(0.65) ? pseudoWord(random, language) : random.pick(list);
  return { text, label: "noun:other", kind: "other" };
}

/** A word for one of these groups; usual words more often than rare ones. */
export function chooseNoun(names: readonly string[], chooser: Chooser, plural = false): ChosenNoun {
  const { random, language } = chooser;
  if (random.chance(chooser.unknownNouns)) return chooseStrange(chooser);
  const name = random.pick(names);
  const group = groupOf(name);
  if (group === undefined) throw new Error(`No such group of nouns: ${name}`);
  const forms = language === "en" ? group.english : group.chinese;
  const form = random.chance(0.4) ? forms[0] : random.pick(forms);
  return { text: plural && language === "en" ? pluralOf(form) : form, label: `noun:${name}`, kind: name };
}

export const THINGS: readonly string[] = [...MOVABLE_KINDS.filter((kind) => kind !== "bowl"), "fruit"];
export const CONTAINERS: readonly string[] = ["drawer", "drawer", "sink", "bowl", "box"];
export const SURFACES: readonly string[] = ["shelf", "counter", "table", "zone"];
export const ANCHORS: readonly string[] = KINDS.filter((kind) => kind !== "handle");
