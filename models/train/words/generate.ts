import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { numberCharacters, placesOf, SHARED_NUMBERS } from "../../../src/adapters/onnx/words-characters.js";
import { PIECE_LABELS, PIECE_ROLES, PIECE_STARTS } from "../../../src/ports/words-reader.js";
import { FIRST_HELD_OUT_SEED, makeSample, type Sample } from "./make-sample.js";

const TRAINING = { heldOutTemplates: false, heldOutNouns: false, errors: 0.35, nonsense: 0.07 } as const;
/** Longest sentence that is trained on; longer ones cost much and teach little. */
const LENGTH = 112;
/** A character that is rarer than this shares a number with others. */
const COMMON = 12;

/** The characters that get a number of their own: those that training sentences use often. */
export function commonCharacters(samples: readonly Sample[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { text } of samples) for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts]
    .flatMap(([character, count]) => (count >= COMMON && character.length === 1 ? [character] : []))
    .sort();
}

/** Class numbers for each character of a sample. */
export function labelCharacters({ text, pieces }: Sample): {
  labels: Uint8Array;
  roles: Uint8Array;
  starts: Uint8Array;
} {
  const labels = new Uint8Array(text.length);
  const roles = new Uint8Array(text.length);
  const starts = new Uint8Array(text.length);
  for (const { start, end, label, role, begins } of pieces) {
    labels.fill(PIECE_LABELS.indexOf(label), start, end);
    roles.fill(PIECE_ROLES.indexOf(role), start, end);
    starts[start] = PIECE_STARTS.indexOf(begins);
  }
  return { labels, roles, starts };
}

/** Training sentences as arrays for the trainer: numbers, labels, roles and starts, one row of `LENGTH` bytes a sentence. */
function main(): void {
  const { values } = parseArgs({
    options: {
      sentences: { type: "string", default: "160000" },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: ".data/words" },
      /** A `shape.json` whose characters keep their numbers, to go on with weights that know them. */
      characters: { type: "string" },
    },
  });
  const first = Number(values.seed);
  const count = Number(values.sentences);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || first < 1 || first + count > FIRST_HELD_OUT_SEED)
    throw new Error(
      `Seeds ${first} to ${first + count} were asked for; training takes 1 to ${FIRST_HELD_OUT_SEED - 1}. Ask for fewer.`,
    );
  const samples: Sample[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const sample = makeSample(seed, TRAINING);
    if (sample.text.length > 0 && sample.text.length <= LENGTH) samples.push(sample);
  }
  const known = values.characters === undefined ? undefined : readFileSync(values.characters, "utf8");
  const characters =
    known === undefined
      ? commonCharacters(samples.slice(0, 40_000))
      : (JSON.parse(known) as { characters: readonly string[] }).characters;
  const places = placesOf(characters);
  const rows = samples.length;
  const numbers = new Uint16Array(rows * LENGTH);
  const labels = new Uint8Array(rows * LENGTH);
  const roles = new Uint8Array(rows * LENGTH);
  const starts = new Uint8Array(rows * LENGTH);
  const readable = new Uint8Array(rows);
  for (const [row, sample] of samples.entries()) {
    numbers.set(numberCharacters(sample.text, places), row * LENGTH);
    const classes = labelCharacters(sample);
    labels.set(classes.labels, row * LENGTH);
    roles.set(classes.roles, row * LENGTH);
    starts.set(classes.starts, row * LENGTH);
    readable[row] = Number(sample.readable);
  }
  mkdirSync(values.out, { recursive: true });
  for (const [name, array] of Object.entries({ numbers, labels, roles, starts, readable }))
    writeFileSync(join(values.out, `${name}.bin`), new Uint8Array(array.buffer));
  const shape = {
    rows,
    length: LENGTH,
    numbers: 1 + SHARED_NUMBERS + characters.length,
    labels: PIECE_LABELS.length,
    roles: PIECE_ROLES.length,
    starts: PIECE_STARTS.length,
  };
  writeFileSync(join(values.out, "shape.json"), JSON.stringify({ ...shape, characters }));
  process.stderr.write(`${rows} sentences, ${characters.length} characters\n`);
}

if (process.argv[1] === import.meta.filename) main();
