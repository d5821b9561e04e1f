import type { Sound } from "./sound.js";

export interface Span {
  /** First sample, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

export interface SplitOptions {
  /** A pause of at least this many seconds ends an utterance. */
  readonly pauseS?: number;
  /** Longer utterances are cut at their quietest place. */
  readonly longestS?: number;
}

const FRAME_S = 0.02;
const PAD_S = 0.25;
const SHORTEST_S = 0.08;
const PEAK_FRAMES = 6;
/** Decibels. What varies less than this is a steady noise. */
const VARIES = 4;
/** What is below this, full scale being 0, is silence whatever it does. */
const SILENCE = -75;

/**
 * Where something louder than the background is heard, in order, with a quarter of a second around it. The background is
 * what the quietest fifth of the sound does not exceed: 10 seconds of steady noise give nothing.
 */
export function splitSpeech(sound: Sound, { pauseS = 0.7, longestS = 15 }: SplitOptions = {}): readonly Span[] {
  const { samples, sampleRateHz } = sound;
  const size = Math.round(FRAME_S * sampleRateHz);
  const levels = levelsOf(samples, size);
  if (levels.length === 0) return [];
  const sorted = Float64Array.from(levels).sort();
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  const floor = Math.max(SILENCE, at(0.2));
  // A sentence may be a thousandth of a recording; what is shorter than an eighth of a second is none.
  const peak = sorted[Math.max(0, sorted.length - 1 - PEAK_FRAMES)];
  // Less than half a second has no quiet fifth to speak of; it is all given to whoever listens.
  if (levels.length * FRAME_S < 0.5) return peak > SILENCE ? [{ start: 0, end: samples.length }] : [];
  if (peak - floor < VARIES) return [];
  const threshold = floor + Math.max(VARIES - 1, Math.min(12, (peak - floor) * 0.3));

  const pauseFrames = Math.round(pauseS / FRAME_S);
  const runs: { from: number; to: number; loud: number }[] = [];
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] < threshold) continue;
    const last = runs.at(-1);
    if (last !== undefined && i - last.to <= pauseFrames) {
      last.to = i + 1;
      last.loud++;
    } else runs.push({ from: i, to: i + 1, loud: 1 });
  }
  const pad = Math.round(PAD_S / FRAME_S);
  const longest = Math.round(longestS / FRAME_S);
  return runs
    .filter(({ loud }) => loud * FRAME_S >= SHORTEST_S)
    .flatMap(({ from, to }) => cut(levels, Math.max(0, from - pad), Math.min(levels.length, to + pad), longest))
    .map(([from, to]) => ({ start: from * size, end: to >= levels.length ? samples.length : to * size }));
}

/** Level of each frame in decibels below full scale. */
function levelsOf(samples: Float32Array, size: number): Float64Array {
  const levels = new Float64Array(Math.ceil(samples.length / size));
  for (let frame = 0; frame < levels.length; frame++) {
    let power = 0;
    let before = samples[Math.max(0, frame * size - 1)];
    const end = Math.min(samples.length, (frame + 1) * size);
    for (let i = frame * size; i < end; i++) {
      // Rumble below the voice says nothing about speech.
      const sharp = samples[i] - 0.9 * before;
      power += sharp * sharp;
      before = samples[i];
    }
    levels[frame] = 10 * Math.log10(power / size + 1e-12);
  }
  return levels;
}

function cut(levels: Float64Array, from: number, to: number, longest: number): readonly (readonly [number, number])[] {
  if (to - from <= longest) return [[from, to]];
  // Not in the first or last third: the pieces shall be of use.
  const third = Math.floor(Math.min(to - from, longest * 1.5) / 3);
  let quietest = from + third;
  let least = Infinity;
  for (let i = from + third; i < Math.min(to - third, from + longest); i++) {
    const around = levels[i] + (levels[i - 1] ?? 0) + (levels[i + 1] ?? 0);
    if (around >= least) continue;
    least = around;
    quietest = i;
  }
  return [[from, quietest] as const, ...cut(levels, quietest, to, longest)];
}
