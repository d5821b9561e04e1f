import { COLORS } from "../../../src/domain/vocabulary.js";
import { begin, fill, piece, pickTemplate, plain, skeletonOf, type Bit, type Slots, type Template } from "./bits.js";
import * as zh from "./chinese/index.js";
import * as en from "./english/index.js";
import type { Chooser } from "./words.js";

const FAMILIES = "take, take, take out, give, put, put, put, put, move aside, drawer, tidy, small".split(", ");
type Family = keyof typeof en.ENGLISH;

export interface ComposedClause {
  readonly bits: readonly Bit[];
  readonly family: string;
}

export interface Composer {
  readonly slots: Slots;
  readonly clause: () => ComposedClause;
  /** A command that says "it" of what an earlier one named. */
  readonly sequel: () => readonly Bit[];
  /** What stands between two commands. */
  readonly link: () => readonly Bit[];
  /** A condition and what hangs on it. */
  readonly conditional: () => readonly Bit[];
}

const heldOutSkeletons = (all: Readonly<Record<string, readonly Template[]>>): readonly RegExp[] =>
  Object.values(all).flatMap((some) => some.filter(({ heldOut }) => heldOut).map(({ text }) => skeletonOf(text)));
const NEVER = {
  en: [en.ENGLISH, en.ENGLISH_HELD_OUT, en.ENGLISH_HELD_OUT_LAST].flatMap(heldOutSkeletons),
  zh: [zh.CHINESE, zh.CHINESE_HELD_OUT, zh.CHINESE_HELD_OUT_LAST].flatMap(heldOutSkeletons),
};

/** The words of bits as the skeletons of held-out templates see them. */
const wordsOf = (bits: readonly Bit[], english: boolean): string =>
  bits
    .map(({ text }) => text.trim())
    .filter((text) => text !== "")
    .join(english ? " " : "");

export const isHeldOut = (text: string, language: "en" | "zh"): boolean =>
  NEVER[language].some((skeleton) => skeleton.test(text));

/** "... the red mug into the sink, no, the blue one": a colour that is taken back at the end. */
function correctLate(bits: readonly Bit[], { random, language }: Chooser): readonly Bit[] {
  const at = bits.findIndex(({ label, role }) => label.startsWith("color:") && role === "object");
  const objects = bits.filter(({ label, role }) => label.startsWith("noun:") && role === "object");
  if (at < 0 || objects.length !== 1) return bits;
  const right = random.pick(COLORS);
  const first = bits[at].begins;
  const others = bits.map((bit, i) => (i === at ? plain(bit.text) : bit));
  const next = others.findIndex(({ role }, i) => i > at && role === "object");
  const marked = others.map((bit, i) => (i === next && first !== "piece" ? { ...bit, begins: first } : bit));
  if (language === "en") {
    const sorry = random.pick([
      ", no, the",
      ", no wait, the",
      ", sorry, the",
      ", i mean the",
      ", or rather the",
      ", wait, the",
    ]);
    return [...marked, plain(sorry), piece(right, `color:${right}`, "object"), plain("one")];
  }
  const sorry = random.pick(["，不对，", "，不是，是", "，说错了，", "，啊不，", "，应该是"]);
  const word = zh.chineseColor(right, random);
  return [
    ...marked,
    plain(sorry),
    piece(word, `color:${right}`, "object"),
    plain(random.pick(["的", "的那个", "那个"])),
  ];
}

/** Makes the parts of sentences in one language. `set`: held-out templates only, of one of the three sets. */
export function createComposer(chooser: Chooser, set: 1 | 2 | 3 | undefined): Composer {
  const { random, language } = chooser;
  const english = language === "en";
  const slots = english ? en.englishSlots(chooser) : zh.chineseSlots(chooser);
  const families = english ? en.ENGLISH : zh.CHINESE;
  const second = english ? en.ENGLISH_HELD_OUT : zh.CHINESE_HELD_OUT;
  const last = english ? en.ENGLISH_HELD_OUT_LAST : zh.CHINESE_HELD_OUT_LAST;

  const composed = (): ComposedClause => {
    const { text, family } = english ? en.englishFrame(random) : zh.chineseFrame(random);
    const bits = fill(text, slots, random);
    return isHeldOut(wordsOf(bits, english), language) ? composed() : { bits, family };
  };
  const clause = (): ComposedClause => {
    if (set === undefined && chooser.wide && random.chance(0.6)) {
      const made = composed();
      const corrected = random.chance(0.03) ? correctLate(made.bits, chooser) : made.bits;
      return { bits: begin(corrected, "clause"), family: made.family };
    }
    const family = random.pick(FAMILIES) as Family;
    const templates = set === 3 ? last[family] : set === 2 ? second[family] : families[family];
    const bits = fill(pickTemplate(templates, set !== undefined, random), slots, random);
    return { bits: begin(bits, "clause"), family };
  };
  const links = english ? en.ENGLISH_LINKS : zh.CHINESE_LINKS;
  const more = english ? en.ENGLISH_CHATTER.links : zh.CHINESE_CHATTER.links;
  const link = (): readonly Bit[] => [
    ...(chooser.wide && set === undefined && random.chance(0.03)
      ? [plain(english ? `. ${en.englishAside(random)} .` : `。${zh.chineseAside(random)}，`)]
      : []),
    ...(english && random.chance(0.25) ? [plain(random.chance(0.2) && chooser.wide ? "." : ",")] : []),
    plain(random.pick(chooser.wide ? [...links, ...more] : links)),
  ];
  const sequel = (): readonly Bit[] => {
    const { text } = random.pick(english ? en.ENGLISH_SEQUELS : zh.CHINESE_SEQUELS);
    return begin(fill(text, slots, random), "clause");
  };
  const said = (template: string): readonly Bit[] => begin(fill(template, slots, random), "clause");
  const conditional = (): readonly Bit[] => {
    if (random.chance(0.25)) {
      const afterthought = english ? en.englishAfterthought(random) : zh.chineseAfterthought(random);
      return [...clause().bits, ...(english && random.chance(0.3) ? [plain(",")] : []), ...said(afterthought)];
    }
    const { condition, command } = english ? en.englishCondition(random) : zh.chineseCondition(random);
    const bits = [...said(condition), ...(command === undefined ? clause().bits : said(command))];
    const rest = random.next();
    if (rest < 0.15) return [...bits, ...link(), ...sequel()];
    if (rest < 0.25) return [...bits, ...link(), ...clause().bits];
    if (rest > 0.15 + 0.1 && rest < 0.37) {
      const otherwise = english ? en.ENGLISH_ELSE : zh.CHINESE_ELSE;
      return [...bits, ...said(otherwise), ...begin(clause().bits, "clause").map(asPiece())];
    }
    return bits;
  };
  return { slots, clause, sequel, link, conditional };
}

/** What begins with the word "otherwise" does not begin again with its verb. */
function asPiece(): (bit: Bit) => Bit {
  let first = true;
  return (bit) => {
    if (!first || bit.label === "none") return bit;
    first = false;
    return { ...bit, begins: bit.role === "none" ? "piece" : "phrase" };
  };
}

/** One sentence's bits before it is decorated: one command, several, or one under a condition. */
export function composeSentence(chooser: Chooser, composer: Composer): ComposedClause {
  const { random, language, wide } = chooser;
  const { clause, link, sequel, slots, conditional } = composer;
  if (wide && random.chance(0.1)) return { bits: conditional(), family: "conditions" };
  const english = language === "en";
  const first = clause();
  const more = random.next();
  if (more < 0.17) return { bits: [...first.bits, ...link(), ...clause().bits], family: "several steps" };
  if (more < 0.3) {
    const then = english || !random.chance(0.5) ? link() : [];
    return { bits: [...first.bits, ...then, ...sequel()], family: "several steps" };
  }
  if (more < 0.33)
    return {
      bits: [...first.bits, ...link(), ...clause().bits, ...link(), ...clause().bits],
      family: "several steps",
    };
  if (more < 0.5 && first.family === "put" && english) {
    const thing = begin([...slots["object"](), ...slots["goal"]()], "clause");
    return { bits: [...first.bits, plain("and"), ...thing], family: "several steps" };
  }
  return first;
}
