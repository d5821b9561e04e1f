import { resample } from "./resample.js";
import type { Sound } from "./sound.js";

/** One after the other at the first one's rate, `gapS` seconds apart. No sounds give a tenth of a second of silence. */
export function joinSounds(sounds: readonly Sound[], { gapS = 0 }: { readonly gapS?: number } = {}): Sound {
  if (sounds.length === 1) return sounds[0];
  const sampleRateHz = sounds[0]?.sampleRateHz ?? 16_000;
  if (sounds.length === 0) return { samples: new Float32Array(sampleRateHz / 10), sampleRateHz };
  const gap = Math.round(gapS * sampleRateHz);
  const all = sounds.map((sound) => resample(sound, sampleRateHz).samples);
  const samples = new Float32Array(all.reduce((sum, each) => sum + each.length + gap, -gap));
  let at = 0;
  for (const each of all) {
    samples.set(each, at);
    at += each.length + gap;
  }
  return { samples, sampleRateHz };
}
