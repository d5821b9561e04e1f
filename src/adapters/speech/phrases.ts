import type { Sound } from "../../domain/speech/sound.js";

/** Longer texts make synthesisers slow, and flite runs out of memory. */
const LONGEST = 300;

/** A text in pieces of at most 300 characters, cut behind sentences, else behind words. Empty for nothing to say. */
export function phrasesOf(text: string): readonly string[] {
  const clean = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  const phrases: string[] = [];
  for (let rest = clean; rest !== "";) {
    if (rest.length <= LONGEST) {
      phrases.push(rest);
      break;
    }
    const head = rest.slice(0, LONGEST);
    const end = Math.max(...[". ", "! ", "? ", "; ", "。", "！", "？"].map((mark) => head.lastIndexOf(mark) + 1));
    const space = head.lastIndexOf(" ");
    const at = end > LONGEST / 3 ? end : space > 0 ? space : LONGEST;
    phrases.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return phrases;
}

/** One after the other; all of one rate. No sounds give a tenth of a second of silence. */
export function joinSounds(sounds: readonly Sound[]): Sound {
  if (sounds.length === 1) return sounds[0];
  const sampleRateHz = sounds[0]?.sampleRateHz ?? 16_000;
  if (sounds.length === 0) return { samples: new Float32Array(sampleRateHz / 10), sampleRateHz };
  const samples = new Float32Array(sounds.reduce((sum, sound) => sum + sound.samples.length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length;
  }
  return { samples, sampleRateHz };
}
