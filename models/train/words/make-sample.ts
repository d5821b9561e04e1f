import { createRandom } from "../../../src/domain/random.js";
import { MAX_READER_CHARACTERS, type WordPiece } from "../../../src/ports/words-reader.js";
import { prepareText } from "../../../src/planning/onboard/prepare-text.js";
import { begin, fill, pickTemplate, plain, type Bit } from "./bits.js";
import * as zh from "./chinese.js";
import * as en from "./english.js";
import { addErrors, hesitate } from "./noise.js";
import { chooseNoun, type Chooser } from "./words.js";

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
  /** Unknown nouns from the list that is never trained on. */
  readonly heldOutNouns: boolean;
  /** How often a sentence has recogniser's errors. */
  readonly errors: number;
  /** How often it is no instruction at all. */
  readonly nonsense: number;
}

const FAMILIES = [
  "take",
  "take",
  "take out",
  "give",
  "put",
  "put",
  "put",
  "put",
  "move aside",
  "drawer",
  "tidy",
  "small",
] as const;

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

function decorate(bits: readonly Bit[], { random, language }: Chooser, heldOut: boolean): readonly Bit[] {
  const english = language === "en";
  const openings =
    heldOut && random.chance(0.5)
      ? english
        ? en.ENGLISH_OPENINGS_HELD_OUT
        : zh.CHINESE_OPENINGS_HELD_OUT
      : english
        ? en.ENGLISH_OPENINGS
        : zh.CHINESE_OPENINGS;
  const closings = english ? en.ENGLISH_CLOSINGS : zh.CHINESE_CLOSINGS;
  let all = bits;
  if (random.chance(0.12)) all = hesitate(all, english ? en.ENGLISH_FILLERS : zh.CHINESE_FILLERS, random);
  if (random.chance(0.35))
    all = [plain(random.pick(openings)), ...(random.chance(0.2) ? [plain(english ? "," : "，")] : []), ...all];
  if (random.chance(0.05)) all = [plain(random.pick(openings)), ...all];
  if (random.chance(0.04))
    all = [
      plain(random.pick(english ? en.ENGLISH_PREAMBLES : zh.CHINESE_PREAMBLES)),
      ...(english && random.chance(0.7) ? [plain(random.pick([",", ".", ", so"]))] : []),
      ...all,
    ];
  if (random.chance(0.15)) all = [...all, plain(random.pick(closings))];
  if (random.chance(0.25))
    all = [...all, plain(random.pick(english ? [".", "!", "?", "."] : ["。", "！", "？", "。"]))];
  return all;
}

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
  const bits = fill(pickTemplate(lines, false, random), { w }, random);
  const { text } = write(random.chance(0.3) ? decorate(bits, chooser, false) : bits, language);
  return { text, pieces: [], readable: false, language, family: "nonsense" };
}

/** One labelled sentence. Equal seeds and options give equal sentences. */
export function makeSample(seed: number, options: SampleOptions): Sample {
  const random = createRandom(seed);
  const language = random.chance(0.5) ? "en" : "zh";
  const strangeOnes = random.chance(0.15);
  const chooser: Chooser = { random, language, heldOut: options.heldOutNouns, unknownNouns: strangeOnes ? 0.5 : 0 };
  if (random.chance(options.nonsense)) return makeNonsense(chooser);

  const english = language === "en";
  const slots = english ? en.englishSlots(chooser) : zh.chineseSlots(chooser);
  const clause = (): { bits: readonly Bit[]; family: string } => {
    const family = random.pick(FAMILIES);
    const bits = fill(
      pickTemplate((english ? en.ENGLISH : zh.CHINESE)[family], options.heldOutTemplates, random),
      slots,
      random,
    );
    return { bits: begin(bits, "clause"), family };
  };
  const links = english ? en.ENGLISH_LINKS : zh.CHINESE_LINKS;
  const link = (): readonly Bit[] => [
    ...(english && random.chance(0.25) ? [plain(",")] : []),
    plain(random.pick(links)),
  ];

  const first = clause();
  let bits = first.bits;
  let { family } = first;
  const more = random.next();
  if (more < 0.17) {
    bits = [...bits, ...link(), ...clause().bits];
    family = "several steps";
  } else if (more < 0.3) {
    const sequel = begin(english ? en.englishSequel(slots, chooser) : zh.chineseSequel(slots, chooser), "clause");
    bits = [...bits, ...(!english && random.chance(0.5) ? [] : link()), ...sequel];
    family = "several steps";
  } else if (more < 0.33) {
    bits = [...bits, ...link(), ...clause().bits, ...link(), ...clause().bits];
    family = "several steps";
  } else if (more < 0.5 && first.family === "put" && english) {
    bits = [...bits, plain("and"), ...begin([...slots.object(), ...slots.goal()], "clause")];
    family = "several steps";
  }
  if (strangeOnes && bits.some(({ label }) => label === "noun:other")) family = "unknown nouns";
  bits = decorate(bits, chooser, options.heldOutTemplates);
  if (random.chance(options.errors)) bits = addErrors(bits, language, random);
  const { text, pieces } = write(bits, language);
  // Very long ones are rare; another seed is as good.
  return text.length > MAX_READER_CHARACTERS
    ? makeSample(seed + 0x2000000, options)
    : { text, pieces, readable: true, language, family };
}
