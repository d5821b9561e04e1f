import { createRandom } from "../../../src/domain/random.js";
import { MAX_READER_CHARACTERS, type WordPiece } from "../../../src/ports/words-reader.js";
import { prepareText } from "../../../src/planning/onboard/prepare-text.js";
import { fill, pickTemplate, plain, type Bit } from "./bits.js";
import * as zh from "./chinese/index.js";
import { composeSentence, createComposer } from "./compose.js";
import * as en from "./english/index.js";
import { addErrors, hesitate } from "./noise.js";
import { chooseNoun, pseudoWord, type Chooser } from "./words.js";

/** Seeds from here on belong to suites and held-out figures. */
export const FIRST_HELD_OUT_SEED = 900_000;

export interface Sample {
  readonly text: string;
  /** Empty for what is no instruction. */
  readonly pieces: readonly WordPiece[];
  readonly readable: boolean;
  readonly language: "en" | "zh";
  readonly family: string;
}

export interface SampleOptions {
  /** Templates that are never trained on, for every clause. */
  readonly heldOutTemplates: boolean;
  /** Which of the three sets of them. Default the first. */
  readonly heldOutSet?: 1 | 2 | 3;
  /** Unknown nouns from the list that is never trained on. */
  readonly heldOutNouns: boolean;
  /** How often a sentence has recogniser's errors. */
  readonly errors: number;
  /** How often it is no instruction at all. */
  readonly nonsense: number;
}

/** Joins the words as they are written, and finds the pieces in the result. */
function write(bits: readonly Bit[], language: "en" | "zh"): { text: string; pieces: readonly WordPiece[] } {
  let text = "";
  const pieces: WordPiece[] = [];
  for (const bit of bits) {
    const words = prepareText(bit.text);
    if (words === "") continue;
    const apart = language === "en" && text !== "" && !/^[,.?!]/u.test(words) && !text.endsWith(" ");
    if (apart) text += " ";
    if (bit.label !== "none" && bit.begins !== "inside")
      pieces.push({
        start: text.length,
        end: text.length + words.length,
        label: bit.label,
        role: bit.role,
        begins: bit.begins,
      });
    text += words;
  }
  return { text, pieces };
}

/** What is said around the commands: openings, closings, why, hesitations. */
function decorate(bits: readonly Bit[], { random, language, wide }: Chooser, heldOut: boolean): readonly Bit[] {
  const english = language === "en";
  const [said, more] = english
    ? [
        { openings: en.ENGLISH_OPENINGS, preambles: en.ENGLISH_PREAMBLES, closings: en.ENGLISH_CLOSINGS },
        en.ENGLISH_CHATTER,
      ]
    : [
        { openings: zh.CHINESE_OPENINGS, preambles: zh.CHINESE_PREAMBLES, closings: zh.CHINESE_CLOSINGS },
        zh.CHINESE_CHATTER,
      ];
  const of = (part: keyof typeof said): readonly string[] => (wide ? [...said[part], ...more[part]] : said[part]);
  const never = english ? en.ENGLISH_OPENINGS_HELD_OUT : zh.CHINESE_OPENINGS_HELD_OUT;
  const openings = heldOut && random.chance(0.5) ? never : of("openings");
  const comma = plain(english ? "," : "，");
  let all = bits;
  if (random.chance(0.12)) all = hesitate(all, english ? en.ENGLISH_FILLERS : zh.CHINESE_FILLERS, random);
  if (random.chance(0.35)) all = [plain(random.pick(openings)), ...(random.chance(0.2) ? [comma] : []), ...all];
  if (random.chance(0.05)) all = [plain(random.pick(openings)), ...all];
  if (random.chance(wide ? 0.08 : 0.04)) {
    const stop = english && random.chance(0.7) ? [plain(random.pick([",", ".", ", so"]))] : [];
    all = [plain(random.pick(of("preambles"))), ...stop, ...all];
  }
  if (wide && random.chance(0.12)) {
    const [aside, then] = english
      ? [en.englishAside(random), en.englishAfterAside(random)]
      : [zh.chineseAside(random), zh.chineseAfterAside(random)];
    all = [plain(aside), plain(then), ...all];
  }
  if (wide && random.chance(0.03)) {
    const aside = english ? `, ${en.englishAside(random)}` : `，${zh.chineseAside(random)}`;
    all = [...all, plain(aside)];
  }
  if (random.chance(wide ? 0.2 : 0.15)) {
    const pause = wide && random.chance(0.3) ? [comma] : [];
    all = [...all, ...pause, plain(random.pick(of("closings")))];
  }
  if (random.chance(0.25))
    all = [...all, plain(random.pick(english ? [".", "!", "?", "."] : ["。", "！", "？", "。"]))];
  return all;
}

/** Now and then a small word that nobody taught, so that unknown words around a command do not unsettle what is read of it. */
const strangeWords = (bits: readonly Bit[], { random, language }: Chooser): readonly Bit[] =>
  bits.map((bit) => {
    const isWord = bit.label === "none" && /^[\p{L}' ]{4,}$/u.test(bit.text) && !NEEDED.test(bit.text);
    return isWord && random.chance(0.3) ? plain(` ${pseudoWord(random, language)} `) : bit;
  });
/** Corrections turn on these, and hands and places are joined by others. */
const NEEDED = /\b(?:no|not|sorry|mean|wait|rather|and|one|from|it|or)\b|不|错|应该|和|跟|与|还有|从/u;

function makeNonsense(chooser: Chooser): Sample {
  const { random, language } = chooser;
  const w = (): readonly Bit[] => [
    plain(
      random.chance(0.5)
        ? chooseNoun(["thing"], { ...chooser, unknownNouns: 1 }).text
        : chooseNoun(["mug", "bag", "apple", "sink"], { ...chooser, unknownNouns: 0 }).text,
    ),
  ];
  const lines = language === "en" ? en.ENGLISH_NONSENSE : zh.CHINESE_NONSENSE;
  const undoable = (): readonly Bit[] => [
    plain(random.pick(language === "en" ? en.ENGLISH_UNDOABLE : zh.CHINESE_UNDOABLE)),
  ];
  const undone = (): readonly Bit[] => [plain(`${random.pick(en.ENGLISH_UNDOABLE)}${random.pick(["ed", "d", "n"])}`)];
  const slots = language === "en" ? en.englishSlots(chooser) : zh.chineseSlots(chooser);
  const bits = fill(pickTemplate(lines, false, random), { ...slots, w, undoable, undone }, random);
  const { text } = write(random.chance(0.3) ? decorate(bits, chooser, false) : bits, language);
  return { text, pieces: [], readable: false, language, family: "nonsense" };
}

/** One labelled sentence. Equal seeds and options give equal sentences. */
export function makeSample(seed: number, options: SampleOptions): Sample {
  const random = createRandom(seed);
  const language = random.chance(0.5) ? "en" : "zh";
  const strangeOnes = random.chance(0.15);
  const set = options.heldOutTemplates ? (options.heldOutSet ?? 1) : undefined;
  const chooser: Chooser = {
    random,
    language,
    heldOut: options.heldOutNouns,
    unknownNouns: strangeOnes ? 0.5 : 0,
    wide: set !== 1,
  };
  if (random.chance(options.nonsense)) return makeNonsense(chooser);

  const sentence = composeSentence(chooser, createComposer(chooser, set));
  const strange = strangeOnes && sentence.bits.some(({ label }) => label === "noun:other");
  const family = strange ? "unknown nouns" : sentence.family;
  const said = set === undefined && random.chance(0.15) ? strangeWords(sentence.bits, chooser) : sentence.bits;
  let bits = decorate(said, chooser, set !== undefined);
  if (random.chance(options.errors)) bits = addErrors(bits, language, random);
  const { text, pieces } = write(bits, language);
  // Very long ones are rare; another seed is as good.
  return text.length > MAX_READER_CHARACTERS
    ? makeSample(seed + 0x2000000, options)
    : { text, pieces, readable: true, language, family };
}
