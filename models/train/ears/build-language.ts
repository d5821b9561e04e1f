import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { LanguageCounts } from "../../../src/adapters/ears/language.js";
import type { EarsText } from "./make-texts.js";
import { PINYIN } from "./spoken-text.js";

/** Three words in a row that were counted less often say little and take much room. */
const THREES_AT_LEAST = 3;
const WORDS_AT_LEAST = 6;
/** Made-up nouns of the words generator: several of its syllables in a row. They are spoken to the network, but no words to be read. */
const MADE_UP =
  /^(?:ba|do|fen|gri|hul|jop|ka|lim|mor|nex|pli|quo|ras|snu|tev|ud|vex|wim|yor|zan|ble|cro|dit|erk|flo|gam){2,}s?$/u;

const count = <K>(counts: Map<K, number>, key: K, times = 1): void =>
  void counts.set(key, (counts.get(key) ?? 0) + times);

/** Counts of the training split's words: what commands are like. Held-out sentences are not among its texts. */
export function buildLanguage(texts: readonly EarsText[], sounds: Readonly<Record<string, string>>): LanguageCounts {
  const words = new Map<string, number>();
  const ofLanguage = (wanted: "en" | "zh"): readonly EarsText[] => texts.filter(({ language }) => language === wanted);
  for (const { spell } of ofLanguage("en")) for (const word of spell.split(" ")) count(words, word);
  const english = [...words]
    .flatMap(([word, times]) => (times >= WORDS_AT_LEAST && !MADE_UP.test(word) ? [word] : []))
    .sort();
  const syllableOf = (character: string): string => PINYIN[character].replace(/\d/u, "");
  const syllables = [...new Set(Object.keys(PINYIN).map(syllableOf))].sort();
  const tokens = new Map<string, number>([
    ...english.map((word, index) => [`en ${word}`, index] as const),
    ...syllables.map((syllable, index) => [`zh ${syllable}`, english.length + index] as const),
  ]);
  const [start, end] = [tokens.size, tokens.size + 1];
  const twos = new Map<string, number>();
  const threes = new Map<string, number>();
  const characters = Object.keys(PINYIN);
  const place = new Map(characters.map((character, index) => [character, index]));
  const seen = characters.map(() => 0);
  const pairs = new Map<string, number>();
  for (const { language, spell, text, kind } of texts) {
    const said = spell.split(" ").map((word) => tokens.get(`${language} ${word}`));
    // Words in any order say nothing about what follows what.
    if (said.includes(undefined) || kind === "salad") continue;
    const line = [start, start, ...(said as number[]), end];
    count(twos, `${start},${start}`);
    for (let i = 2; i < line.length; i++) {
      count(twos, `${line[i - 1]},${line[i]}`);
      count(threes, `${line[i - 2]},${line[i - 1]},${line[i]}`);
    }
    if (language === "en") continue;
    let last = -1;
    for (const character of text) {
      const index = place.get(character) as number;
      seen[index]++;
      count(pairs, `${last},${index}`);
      last = index;
    }
  }
  const ones = Array.from({ length: tokens.size + 2 }, () => 0);
  for (const pair of twos.keys()) ones[Number(pair.split(",")[1])]++;
  ones[start] = 0;
  const before = new Map<string, number>();
  for (const three of threes.keys()) count(before, three.slice(three.indexOf(",") + 1));
  const rows = (counts: ReadonlyMap<string, number>, least: number): number[] =>
    [...counts].flatMap(([key, times]) => (times >= least ? [...key.split(",").map(Number), times] : []));
  return {
    english,
    sounds: english.map((word) => sounds[word]),
    syllables,
    ones,
    twos: [...twos].flatMap(([pair, times]) => [...pair.split(",").map(Number), times, before.get(pair) ?? 0]),
    threes: rows(threes, THREES_AT_LEAST),
    characters: characters.join(""),
    spoken: characters.map((character) => syllables.indexOf(syllableOf(character))),
    seen,
    pairs: rows(pairs, 1),
  };
}

function main(): void {
  const { values } = parseArgs({
    options: { data: { type: "string", default: ".data/ears" }, out: { type: "string" } },
  });
  if (values.out === undefined) throw new Error("Expected --out FILE, the language file to write.");
  const texts = readFileSync(join(values.data, "texts-train.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EarsText);
  const sounds = JSON.parse(readFileSync(join(values.data, "sounds.json"), "utf8")) as Record<string, string>;
  const counts = buildLanguage(texts, sounds);
  const json = JSON.stringify(counts);
  writeFileSync(values.out, json);
  process.stderr.write(
    `${counts.english.length} words, ${counts.syllables.length} syllables, ${counts.twos.length / 4} pairs, ${counts.threes.length / 4} threes, ${json.length} bytes\n`,
  );
}

if (process.argv[1] === import.meta.filename) main();
