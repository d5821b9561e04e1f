import { createRandom, type Random } from "../../domain/random.js";
import { fail, ok } from "../../domain/result.js";
import { writeWav } from "../../domain/speech/write-wav.js";
import type { MusicMaker } from "../../ports/music-maker.js";

/** What the words ask for, as far as the rules know words. */
interface Wish {
  readonly tune: boolean;
  readonly beeps: boolean;
  /** Hertz above which the noise is dull; absent for no noise. */
  readonly noiseHz?: number;
  readonly minor: boolean;
  readonly beatsPerMinute: number;
}

const RATE_HZ = 32_000;
const A4_HZ = 440;
/** Semitones above the key's first note. */
const CHORDS = {
  major: [
    [0, 4, 7],
    [7, 11, 14],
    [9, 12, 16],
    [5, 9, 12],
  ],
  minor: [
    [0, 3, 7],
    [8, 12, 15],
    [3, 7, 10],
    [10, 14, 17],
  ],
} as const;
const NOISES: readonly (readonly [RegExp, number])[] = [
  [/\b(rain|shower|waterfall)\b|雨|瀑布/iu, 5_000],
  [/\b(sea|ocean|waves|wind|storm)\b|海|浪|风/iu, 700],
  [/\b(noise|hiss|static)\b|噪声|噪音/iu, 12_000],
];
const TUNE = /\b(music|melody|tune|song|piano|guitar|chord|jingle|waltz)s?\b|音乐|旋律|曲|歌|钢琴|吉他/iu;
const BEEP = /\b(beep|alarm|signal|alert)s?\b|哔|警报|提示音/iu;
const MINOR = /\b(sad|dark|minor|gloomy|melancholy|night)\b|悲|忧|暗|小调/iu;
const SLOW = /\b(slow|calm|quiet|gentle|relaxing)\b|慢|平静|安静|轻柔/iu;
const FAST = /\b(fast|happy|lively|quick|energetic)\b|快|欢|活泼/iu;

/** A tune, beeps or noise by rules over the words: the same words and seed give the same file. No model, and no musician. */
export function createScriptedMusic(): MusicMaker {
  return {
    model: "rules",
    kind: "rules",
    keepsDuration: true,
    make: async ({ prompt, durationS, seed = 0, format }) => {
      if (format !== "wav") return fail("unsupported", `On board only WAV is made; ${format} was asked for.`);
      const samples = compose(readWish(prompt), durationS, createRandom(seed));
      return ok({ bytes: writeWav({ samples, sampleRateHz: RATE_HZ }), format: "wav", seed });
    },
  };
}

function readWish(prompt: string): Wish {
  const noiseHz = NOISES.find(([words]) => words.test(prompt))?.[1];
  const beeps = BEEP.test(prompt);
  return {
    tune: TUNE.test(prompt) || (noiseHz === undefined && !beeps),
    beeps,
    minor: MINOR.test(prompt),
    beatsPerMinute: SLOW.test(prompt) ? 72 : FAST.test(prompt) ? 138 : 100,
    ...(noiseHz === undefined ? {} : { noiseHz }),
  };
}

function compose(wish: Wish, durationS: number, random: Random): Float32Array {
  const samples = new Float32Array(Math.round(durationS * RATE_HZ));
  if (wish.noiseHz !== undefined) addNoise(samples, wish.noiseHz, { random, level: wish.tune ? 0.08 : 0.25 });
  if (wish.beeps)
    for (let atS = 0; atS < durationS; atS += 0.8) addNote(samples, { atS, forS: 0.35, hertz: 988, level: 0.3 });
  if (wish.tune) addTune(samples, wish, random);
  return fade(samples);
}

function addTune(samples: Float32Array, { minor, beatsPerMinute }: Wish, random: Random): void {
  const beatS = 60 / beatsPerMinute;
  const keyHz = A4_HZ * 2 ** ((random.below(8) - 12) / 12);
  const chords = CHORDS[minor ? "minor" : "major"];
  const hertz = (semitones: number): number => keyHz * 2 ** (semitones / 12);
  for (let beat = 0; beat * beatS < samples.length / RATE_HZ; beat++) {
    const chord = chords[Math.floor(beat / 4) % chords.length];
    const atS = beat * beatS;
    if (beat % 4 === 0) addNote(samples, { atS, forS: beatS * 4, hertz: hertz(chord[0] - 12), level: 0.18 });
    if (beat % 2 === 0)
      for (const note of chord) addNote(samples, { atS, forS: beatS * 2, hertz: hertz(note), level: 0.05 });
    // The melody keeps to the chord's notes, an octave up, and now and then takes two in a beat.
    const parts = random.chance(0.3) ? 2 : 1;
    for (let part = 0; part < parts; part++) {
      const note = random.pick(chord);
      addNote(samples, {
        atS: atS + (part * beatS) / parts,
        forS: beatS / parts + 0.4,
        hertz: hertz(note + 12),
        level: 0.2,
      });
    }
  }
}

interface Note {
  readonly atS: number;
  readonly forS: number;
  readonly hertz: number;
  readonly level: number;
}

/** A struck string, roughly: overtones that die the sooner the higher they are. */
function addNote(samples: Float32Array, { atS, forS, hertz, level }: Note): void {
  const start = Math.round(atS * RATE_HZ);
  const length = Math.min(Math.round(forS * RATE_HZ), samples.length - start);
  for (let i = 0; i < length; i++) {
    const t = i / RATE_HZ;
    let value = 0;
    for (let overtone = 1; overtone <= 4; overtone++)
      value += (Math.sin(2 * Math.PI * hertz * overtone * t) / overtone ** 1.6) * Math.exp(-t * 1.6 * overtone);
    const edge = Math.min(1, i / 160, (length - i) / 640);
    samples[start + i] += level * value * edge;
  }
}

function addNoise(samples: Float32Array, hertz: number, { random, level }: { random: Random; level: number }): void {
  const keep = Math.exp((-2 * Math.PI * hertz) / RATE_HZ);
  // What a low filter takes of the power is given back, so that wind is as loud as rain.
  const gain = level * Math.sqrt((1 + keep) / (1 - keep));
  let state = 0;
  for (let i = 0; i < samples.length; i++) {
    state = keep * state + (1 - keep) * random.between(-1, 1);
    const swell = 0.75 + 0.25 * Math.sin((2 * Math.PI * i) / RATE_HZ / 7);
    samples[i] += gain * state * swell;
  }
}

/** A tenth of a second in and out, and never beyond full scale. */
function fade(samples: Float32Array): Float32Array {
  const edge = Math.min(RATE_HZ / 10, samples.length / 4);
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = loudest > 0.9 ? 0.9 / loudest : 1;
  return samples.map((value, i) => value * scale * Math.min(1, i / edge, (samples.length - 1 - i) / edge));
}
