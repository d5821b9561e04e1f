import type { Random } from "../../../../src/domain/random.js";
import { COLORS, type Color } from "../../../../src/domain/vocabulary.js";
import type { PieceRole } from "../../../../src/ports/words-reader.js";
import { COLOR_WORDS, EXTREME_WORDS, STATE_WORDS } from "../../../../src/planning/lexicon/qualities.js";
import type { Extreme } from "../../../../src/planning/lexicon/meaning.js";
import { begin, piece, plain, type Bit } from "../bits.js";
import { chooseNoun, type Chooser } from "../words.js";

const split = (words: string): readonly string[] => words.split(", ");
const DIGITS = ["", "一", "二", "三", "四", "五", "六"];

const definite = (text: string, matters: boolean, role: PieceRole): Bit =>
  matters ? piece(text, "definite", role) : plain(text);

export function chineseColor(color: Color, random: Random): string {
  const base = random.pick(split(COLOR_WORDS[color][1]));
  return random.chance(0.8) || base === "咖啡" ? `${base}色` : base;
}

/** Makes noun phrases: what stands before the noun, the noun, what stands behind it. `rich`: how likely the rarer parts are. */
export function chinesePhrase(
  chooser: Chooser,
): (groups: readonly string[], role: PieceRole, rich: number) => readonly Bit[] {
  const { random } = chooser;
  const chance = (p: number): boolean => random.chance(p);
  const de = (p = 0.6): readonly Bit[] => (chance(p) ? [plain("的")] : []);

  const color = (role: PieceRole): readonly Bit[] => {
    const word = random.pick(COLORS);
    return [piece(chineseColor(word, random), `color:${word}`, role), ...de()];
  };

  /** 那个左边第二个小的红色杯子: what stands before a Chinese noun, and the noun. */
  const phrase = (groups: readonly string[], role: PieceRole, rich: number): readonly Bit[] => {
    const isOnlyDrawer = groups.length === 1;
    const noun = chooseNoun(groups, isOnlyDrawer ? { ...chooser, unknownNouns: chooser.unknownNouns * 0.2 } : chooser);
    const isDrawer = noun.kind === "drawer";
    const isGround = ["counter", "table", "sink"].includes(noun.kind);
    const bits: Bit[] = [];
    let told = false;
    const quantity = random.next();
    if (!isGround && quantity < 0.1 * rich)
      bits.push(piece(random.pick(["所有", "所有的", "全部", "全部的", "每个", "每一个"]), "all", role));
    else if (!isGround && quantity < 0.16 * rich)
      bits.push(piece(random.pick(["一个", "任意一个", "一只", "随便一个", "某个", "一块"]), "any", role));
    else if (!isGround && quantity < 0.22 * rich)
      bits.push(
        piece(random.pick(["两", "三", "2", "3", "四"]), "number", role),
        plain(random.pick(["个", "只", "块"])),
      );
    else if (quantity < 0.32)
      // It changes the meaning of 东西 only (one thing, or all of them); elsewhere it is as good as a hesitation.
      bits.push(definite(random.pick(["那个", "这个", "那只", "这只", "那", "那块"]), noun.kind === "thing", role));
    const kind = random.next();
    if (!isGround && kind < 0.06 * rich) {
      const index = chance(0.12) ? -1 : 1 + random.below(6);
      const text =
        index === -1
          ? random.pick(["最后一个", "最后一只"])
          : `第${chance(0.2) ? index : DIGITS[index]}${random.pick(["个", "个", "只", "块", ""])}`;
      if (chance(0.55)) {
        const side = random.pick(["left", "right"] as const);
        const word = side === "left" ? "左" : "右";
        const style = random.below(3);
        if (style === 0)
          bits.push(
            plain("从"),
            piece(random.pick([`${word}边`, word]), `from:${side}`, role),
            plain(random.pick(["数", "数起", "开始数"])),
          );
        else if (style === 1) bits.push(piece(word, `from:${side}`, role), plain("起"));
        else bits.push(piece(`${word}边`, `from:${side}`, role), plain("数"));
      }
      bits.push(piece(text, `ordinal:${index}`, role));
    } else if (!isGround && kind < 0.16 * rich) {
      const extreme = random.pick(Object.keys(EXTREME_WORDS) as Extreme[]);
      bits.push(piece(random.pick(split(EXTREME_WORDS[extreme][1])), `extreme:${extreme}`, role), plain("的"));
      told = chance(0.3);
      if (told) bits.push(plain("那个"));
    } else if (!isGround && kind < (isDrawer ? 0.6 : 0.24 * rich)) {
      const [side, words] = random.pick(
        (
          [
            ["left", "左边, 左侧, 左, 左面, 左手边"],
            ["right", "右边, 右侧, 右, 右面, 右手边"],
            ["left", "左边, 左侧, 左"],
            ["right", "右边, 右侧, 右"],
            ["top", "上面, 上边"],
            ["bottom", "下面, 下边"],
            ["middle", "中间, 正中间"],
          ] as const
        ).slice(0, isDrawer ? 7 : 4),
      );
      bits.push(piece(random.pick(split(words)), `side:${side}`, role), ...de());
      if (chance(0.2)) bits.push(plain("那个"));
    }
    if (!isGround && !isDrawer && chance(0.12 * rich)) {
      const large = chance(0.5);
      bits.push(
        piece(
          large ? random.pick(["大", "大", "大号"]) : random.pick(["小", "小", "小号"]),
          large ? "size:large" : "size:small",
          role,
        ),
        ...de(0.4),
      );
    }
    if (isDrawer && chance(0.12)) {
      const state = random.pick(["open", "closed", "ajar"] as const);
      bits.push(piece(random.pick(split(STATE_WORDS[state][1])), `state:${state}`, role), plain("的"));
    }
    const colored = !isGround && !isDrawer && chance(role === "object" ? 0.45 : 0.25);
    if (colored) bits.push(...color(role));
    if (role === "object" && colored && chance(0.07)) {
      const tail = bits.at(-1)?.label === "none" ? [] : [plain("的")];
      return begin([...bits, ...tail, ...(chance(0.5) ? [piece("那个", "one", role)] : [])], "phrase");
    }
    bits.push(piece(noun.text, noun.label, role));
    if (isDrawer && chance(0.05)) bits.push(...de(0.5), piece(random.pick(["把手", "拉手"]), "noun:handle", role));
    return begin(bits, "phrase");
  };

  return phrase;
}
