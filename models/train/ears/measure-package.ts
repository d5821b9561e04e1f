import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Speaker } from "../../../src/ports/speaker.js";
import type { Transcriber } from "../../../src/ports/transcriber.js";
import { editDistance, noiseFor, unitsOf, withNoise } from "./measure.js";

/** Voices inside the package, in two groups: `rms` was never trained on. */
export const PACKAGE_VOICES = { trainedOn: ["slt", "awb", "kal16"], neverTrainedOn: ["rms"] } as const;
export type VoiceGroup = keyof typeof PACKAGE_VOICES;
const DECIBEL = 20;

export interface VoiceFigures {
  readonly utterances: number;
  readonly words: number;
  /** Words that are wrong, missing or too many, by words said; guesses that were not trusted count too. */
  readonly errorRate: number;
  /** Share of utterances that were trusted, and the errors among those. */
  readonly understood: number;
  readonly errorRateOfUnderstood: number;
}
export type PackageFigures = Readonly<Record<VoiceGroup, VoiceFigures>>;

/** Sentences that are in no training text. Throws for a folder without them. */
export function readHeldOut(modelDir: string): readonly string[] {
  return z
    .array(z.string().min(1))
    .min(1)
    .parse(JSON.parse(readFileSync(join(modelDir, "held-out.json"), "utf8")));
}

export interface MeasureOptions {
  readonly transcriber: Transcriber;
  readonly speaker: Speaker;
  readonly sentences: readonly string[];
  readonly onUtterance?: (done: number, total: number) => void;
}

/** Speaks every sentence in one voice of each group, at 20 dB of white noise, and counts what was heard: the whole way of the runtime. */
export async function measurePackage(options: MeasureOptions): Promise<PackageFigures> {
  const { transcriber, speaker, sentences, onUtterance } = options;
  const signal = new AbortController().signal;
  const groups = Object.keys(PACKAGE_VOICES) as VoiceGroup[];
  const figures: Partial<Record<VoiceGroup, VoiceFigures>> = {};
  let done = 0;
  for (const group of groups) {
    const random = noiseFor(900_011);
    const voices = PACKAGE_VOICES[group];
    let [words, errors, understood, trustedWords, trustedErrors] = [0, 0, 0, 0, 0];
    for (const [index, sentence] of sentences.entries()) {
      const spoken = await speaker.speak(sentence, { signal, voice: voices[index % voices.length] });
      if (!spoken.ok) throw new Error(`The sentence "${sentence}" could not be spoken: ${spoken.message}`);
      const { samples, sampleRateHz } = spoken.value;
      const sound = { samples: withNoise(samples, DECIBEL, random), sampleRateHz };
      const heard = await transcriber.transcribe(sound, { signal, language: "en" });
      const guess = heard.ok ? heard.value.text : heard.details?.["text"];
      const text = typeof guess === "string" ? guess : "";
      const said = unitsOf(sentence, "en");
      const wrong = editDistance(said, unitsOf(text, "en"));
      words += said.length;
      errors += wrong;
      if (heard.ok) {
        understood++;
        trustedWords += said.length;
        trustedErrors += wrong;
      }
      onUtterance?.(++done, sentences.length * groups.length);
    }
    const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
    figures[group] = {
      utterances: sentences.length,
      words,
      errorRate: rounded(errors / words),
      understood: rounded(understood / sentences.length),
      errorRateOfUnderstood: rounded(trustedErrors / Math.max(1, trustedWords)),
    };
  }
  return figures as PackageFigures;
}
