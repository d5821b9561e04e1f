import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom, type Random } from "../../../src/domain/random.js";
import { fill, pickTemplate, type Template } from "../words/bits.js";
import { FIRST_HELD_OUT_SEED, makeSample } from "../words/make-sample.js";
import * as chatter from "./chatter.js";
import { PINYIN, speakChinese, speakEnglish, type SpokenText } from "./spoken-text.js";

export interface EarsText extends SpokenText {
  readonly language: "en" | "zh";
  readonly kind: "mission" | "control" | "chatter" | "salad";
}

/** Longer ones are rarely said in one breath. */
const MOST = { en: 84, zh: 24 } as const;

const fromTemplates = (all: readonly Template[], random: Random): string =>
  fill(pickTemplate(all, false, random), {}, random)
    .map(({ text }) => text)
    .join("");

/** One text that somebody might say. Equal seeds give equal texts; undefined where the draw cannot be spoken. */
export function makeText(seed: number, heldOutTemplates = false): EarsText | undefined {
  const random = createRandom(seed * 7 + 3);
  const language = random.chance(0.7) ? "en" : "zh";
  const draw = heldOutTemplates ? 1 : random.next();
  const isEnglish = language === "en";
  const finish = (written: string, kind: EarsText["kind"]): EarsText | undefined => {
    const spoken = isEnglish ? speakEnglish(written) : speakChinese(written);
    return spoken === undefined || spoken.text.length > MOST[language] ? undefined : { ...spoken, language, kind };
  };
  if (draw < 0.05)
    return finish(fromTemplates(isEnglish ? chatter.ENGLISH_CONTROLS : chatter.CHINESE_CONTROLS, random), "control");
  if (draw < 0.085)
    return finish(fromTemplates(isEnglish ? chatter.ENGLISH_CHATTER : chatter.CHINESE_CHATTER, random), "chatter");
  if (draw < 0.15) {
    const words = isEnglish ? chatter.SALAD : Object.keys(PINYIN);
    const count = 2 + random.below(6);
    return finish(Array.from({ length: count }, () => random.pick(words)).join(isEnglish ? " " : ""), "salad");
  }
  const sample = makeSample(seed, { heldOutTemplates, heldOutNouns: false, errors: 0, nonsense: 0 });
  return sample.language === language ? finish(sample.text, "mission") : undefined;
}

/** `count` texts from `first` on, none of which is in `never`; every text once. */
export function makeTexts(
  first: number,
  count: number,
  {
    never = new Set<string>(),
    heldOutTemplates = false,
  }: { never?: ReadonlySet<string>; heldOutTemplates?: boolean } = {},
): readonly EarsText[] {
  const texts: EarsText[] = [];
  for (let seed = first; texts.length < count; seed++) {
    const text = makeText(seed, heldOutTemplates);
    if (text !== undefined && !never.has(text.text)) texts.push(text);
  }
  return texts;
}

/** Texts of other seeds than those that are counted, for the stop spotter alone. */
const FIRST_STOP_SEED = 600_000;
const FIRST_NEAR_SEED = 700_000;
/** Weights of the decoder and thresholds are chosen on texts from here. */
const FIRST_CALIBRATION_SEED = 850_000;

/** Whether somebody wants the robot to stop, in so many words. */
export const saysStop = ({ spell, text }: EarsText): boolean =>
  spell.split(" ").includes("stop") || text.includes("停");

/** Controls with a word to stop, half of them in each language; `amongOthers` of them within other words. */
export function makeStops(first: number, count: number, amongOthers = 0): readonly EarsText[] {
  const texts: EarsText[] = [];
  for (let seed = first; texts.length < count; seed++) {
    const random = createRandom(seed);
    const isEnglish = seed % 2 === 0;
    const any = (): string =>
      Array.from({ length: random.below(3) }, () =>
        isEnglish ? `${random.pick(chatter.SALAD)} ` : random.pick(Object.keys(PINYIN)),
      ).join("");
    const written = random.chance(amongOthers)
      ? `${any()}${isEnglish ? "stop " : "停"}${any()}`
      : fromTemplates(isEnglish ? chatter.ENGLISH_CONTROLS : chatter.CHINESE_CONTROLS, random);
    const spoken = isEnglish ? speakEnglish(written) : speakChinese(written);
    if (spoken === undefined) continue;
    const text: EarsText = { ...spoken, language: isEnglish ? "en" : "zh", kind: "control" };
    if (saysStop(text)) texts.push(text);
  }
  return texts;
}

/** Words that sound nearly like a word to stop, alone or among other words. */
export function makeNearStops(first: number, count: number): readonly EarsText[] {
  const texts: EarsText[] = [];
  for (let seed = first; texts.length < count; seed++) {
    const random = createRandom(seed);
    const isEnglish = random.chance(0.65);
    const [near, all] = isEnglish
      ? [chatter.NEAR_STOP, [...chatter.SALAD, "the", "a", "to", "it", "on", "in", "at", "this", "my"]]
      : [Array.from(chatter.NEAR_TING), Object.keys(PINYIN)];
    const words = Array.from({ length: 1 + random.below(5) }, () => random.pick(random.chance(0.5) ? near : all));
    const written = words.join(isEnglish ? " " : "");
    const spoken = isEnglish ? speakEnglish(written) : speakChinese(written);
    if (spoken === undefined) continue;
    const text: EarsText = { ...spoken, language: isEnglish ? "en" : "zh", kind: "salad" };
    if (!saysStop(text)) texts.push(text);
  }
  return texts;
}

/** Sentences for the synthesisers and for counting words, one JSON line each; held-out sentences are in no other list. */
function main(): void {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: ".data/ears" },
      counted: { type: "string", default: "90000" },
      held: { type: "string", default: "1200" },
    },
  });
  mkdirSync(values.out, { recursive: true });
  const held = Number(values.held);
  const train = makeTexts(1, Number(values.counted));
  const never = new Set(train.map(({ text }) => text));
  const lists = {
    train,
    // Short and alike whatever the seed, so they may be in the training split as well; the voices are what is new in them.
    stops: makeStops(FIRST_STOP_SEED, Number(values.counted) >> 4, 0.5),
    near: makeNearStops(FIRST_NEAR_SEED, Number(values.counted) >> 4),
    calibration: makeTexts(FIRST_CALIBRATION_SEED, held >> 1, { never }),
    "stops-calibration": makeStops(FIRST_CALIBRATION_SEED + 25_000, held >> 2),
    held: makeTexts(FIRST_HELD_OUT_SEED, held, { never }),
    "stops-held": makeStops(FIRST_HELD_OUT_SEED + 1_000_000, held >> 1),
    templates: makeTexts(FIRST_HELD_OUT_SEED + 500_000, held >> 2, { never, heldOutTemplates: true }),
  };
  for (const [name, texts] of Object.entries(lists)) {
    writeFileSync(join(values.out, `texts-${name}.jsonl`), texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
    process.stderr.write(`${name}: ${texts.length} texts, ${new Set(texts.map(({ text }) => text)).size} different\n`);
  }
}

if (process.argv[1] === import.meta.filename) main();
