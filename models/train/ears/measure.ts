import { readFileSync, existsSync } from "node:fs";
import { createRandom, type Random } from "../../../src/domain/random.js";
import type { EarsText } from "./make-texts.js";

export interface Spoken extends EarsText {
  readonly voice: string;
  readonly samples: Float32Array;
}

/** Utterances of one shard of `speak.py`, in order. */
export function* readShard(path: string): Generator<Spoken> {
  if (!existsSync(`${path}.jsonl`)) return;
  const pcm = readFileSync(`${path}.pcm`);
  for (const line of readFileSync(`${path}.jsonl`, "utf8").split("\n")) {
    if (line === "") continue;
    const row = JSON.parse(line) as EarsText & { voice: string; start: number; length: number };
    const samples = Float32Array.from({ length: row.length }, (_, i) => pcm.readInt16LE(2 * (row.start + i)) / 32768);
    yield { ...row, samples };
  }
}

/** White noise so many decibels below the speech, in 0.2 s before and 0.3 s behind it. */
export function withNoise(samples: Float32Array, decibel: number, random: Random): Float32Array {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const scale = Math.sqrt(power) * 10 ** (-decibel / 20);
  const out = Float32Array.from({ length: samples.length + 8_000 }, () => scale * gaussian(random));
  for (const [i, sample] of samples.entries()) out[3_200 + i] += sample;
  return out;
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

export const noiseFor = (seed: number): Random => createRandom(seed);

/** Words of English, characters of Chinese. */
export const unitsOf = (text: string, language: "en" | "zh"): readonly string[] =>
  language === "en" ? text.split(/[\s.]+/u).filter((word) => word !== "") : Array.from(text.replace(/[\s.]/gu, ""));

/** Fewest insertions, deletions and replacements. */
export function editDistance(said: readonly string[], heard: readonly string[]): number {
  let line = Array.from({ length: heard.length + 1 }, (_, i) => i);
  for (const [i, word] of said.entries()) {
    const next = [i + 1];
    for (const [j, other] of heard.entries())
      next.push(Math.min(line[j + 1] + 1, next[j] + 1, line[j] + (word === other ? 0 : 1)));
    line = next;
  }
  return line[heard.length];
}
