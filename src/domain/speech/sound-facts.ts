import { resample } from "./resample.js";
import { durationOf, type Sound } from "./sound.js";

/** What is measured in a sound; nothing in it is guessed. */
export interface SoundFacts {
  readonly durationS: number;
  /** Root mean square over all of it, decibels below full scale: 0 for the loudest square wave, -100 for nothing. */
  readonly loudnessDbfs: number;
  readonly peakDbfs: number;
  /** Part of its 20 ms frames that is below -55 dBFS, 0 to 1. */
  readonly silentShare: number;
}

/** What a sound is like, by rules. `mixed` where none of them fits. */
export type SoundKind = "silence" | "speech" | "tone" | "noise" | "mixed";

const FLOOR_DB = -100;
const SILENT_DB = -55;
const FRAME_S = 0.02;
const RATE_HZ = 8_000;
/** Longest and shortest period of a voice, seconds. */
const PERIODS = { from: 1 / 420, to: 1 / 65 };
/** A frame whose shifted self is this like it has a pitch. */
const PITCHED = 0.6;
/** Hertz that two neighbouring frames of a voice may differ. */
const STEADY_STEP = 0.12;

const decibels = (power: number): number => Math.max(FLOOR_DB, 10 * Math.log10(power + 1e-12));

export function soundFacts(sound: Sound): SoundFacts {
  const levels = frameLevels(sound);
  let peak = 0;
  let power = 0;
  for (const sample of sound.samples) {
    peak = Math.max(peak, Math.abs(sample));
    power += sample * sample;
  }
  return {
    durationS: durationOf(sound),
    loudnessDbfs: decibels(power / Math.max(1, sound.samples.length)),
    peakDbfs: decibels(peak * peak),
    silentShare: levels.length === 0 ? 1 : levels.filter((level) => level < SILENT_DB).length / levels.length,
  };
}

function frameLevels({ samples, sampleRateHz }: Sound): readonly number[] {
  const size = Math.max(1, Math.round(FRAME_S * sampleRateHz));
  return Array.from({ length: Math.floor(samples.length / size) }, (_, frame) => {
    let power = 0;
    for (let i = frame * size; i < (frame + 1) * size; i++) power += samples[i] ** 2;
    return decibels(power / size);
  });
}

/** Numbers that the rules look at. */
export interface SoundTraits {
  /** Part of the frames that are not silent. */
  readonly activeShare: number;
  /** Part of the active frames that has a pitch. */
  readonly pitchedShare: number;
  /** Part of the neighbouring pitched frames whose pitch moves, if a little. */
  readonly glidingShare: number;
  /** Standard deviation of the active frames' levels, decibels. */
  readonly swing: number;
}

/** At most the first half minute is looked at. */
export function soundTraits(whole: Sound): SoundTraits {
  const longest = Math.min(whole.samples.length, 30 * whole.sampleRateHz);
  const sound = resample({ ...whole, samples: whole.samples.subarray(0, longest) }, RATE_HZ);
  const levels = frameLevels(sound);
  const top = levels.reduce((most, level) => Math.max(most, level), FLOOR_DB);
  const floor = Math.max(SILENT_DB, top - 30);
  const active = levels.flatMap((level, frame) => (level > floor ? [frame] : []));
  const pitches = new Map(active.map((frame) => [frame, pitchAt(sound.samples, frame)]));
  const steps = active.flatMap((frame) => {
    const [a, b] = [pitches.get(frame), pitches.get(frame + 1)];
    return a === undefined || b === undefined ? [] : [Math.abs(Math.log2(b / a))];
  });
  const mean = active.reduce((sum, frame) => sum + levels[frame], 0) / Math.max(1, active.length);
  const variance = active.reduce((sum, frame) => sum + (levels[frame] - mean) ** 2, 0) / Math.max(1, active.length);
  return {
    activeShare: active.length / Math.max(1, levels.length),
    pitchedShare: active.filter((frame) => pitches.get(frame) !== undefined).length / Math.max(1, active.length),
    glidingShare: steps.filter((step) => step > 0.004 && step < STEADY_STEP).length / Math.max(1, steps.length),
    swing: Math.sqrt(variance),
  };
}

/** The pitch of a frame in hertz by autocorrelation over 40 ms; undefined where it has none. */
function pitchAt(samples: Float32Array, frame: number): number | undefined {
  const size = FRAME_S * RATE_HZ;
  const start = frame * size;
  const length = Math.min(size * 2, samples.length - start - Math.ceil(PERIODS.to * RATE_HZ) - 1);
  if (length < size) return undefined;
  const alike = (lag: number): number => {
    let [both, a, b] = [0, 0, 0];
    for (let i = start; i < start + length; i++) {
      both += samples[i] * samples[i + lag];
      a += samples[i] ** 2;
      b += samples[i + lag] ** 2;
    }
    return both / Math.sqrt(a * b + 1e-12);
  };
  const first = Math.floor(PERIODS.from * RATE_HZ);
  const last = Math.ceil(PERIODS.to * RATE_HZ);
  const curve = Array.from({ length: last - first + 1 }, (_, i) => alike(first + i));
  const best = curve.reduce((at, value, i) => (value > curve[at] + 0.02 ? i : at), 0);
  if (curve[best] < PITCHED) return undefined;
  // Between samples: the top of a parabola through three points.
  const [left, mid, right] = [curve[best - 1] ?? curve[best], curve[best], curve[best + 1] ?? curve[best]];
  const bend = left - 2 * mid + right;
  const shift = bend === 0 ? 0 : (0.5 * (left - right)) / bend;
  return RATE_HZ / (first + best + Math.max(-0.5, Math.min(0.5, shift)));
}

/** By rules over the traits: voices glide and swing, tones stand, noises have no pitch. */
export function soundKind(sound: Sound): SoundKind {
  const { activeShare, pitchedShare, glidingShare, swing } = soundTraits(sound);
  if (activeShare === 0) return "silence";
  if (pitchedShare < 0.2) return "noise";
  if (pitchedShare >= 0.4 && glidingShare >= 0.4 && swing >= 4) return "speech";
  if (pitchedShare >= 0.8 && (glidingShare < 0.3 || swing < 2)) return "tone";
  return "mixed";
}
