import type { Sound } from "./sound.js";

/** Zero crossings of the sinc on either side. */
const CROSSINGS = 16;
/** Part of the lower rate's band that passes; the rest is the filter's slope. */
const PASSES = 0.94;

/**
 * The sound at another rate, by a sinc in a Blackman window. Going down, what the lower rate cannot carry is filtered away
 * rather than folded back into the band of speech.
 */
export function resample(sound: Sound, sampleRateHz: number): Sound {
  const { samples, sampleRateHz: from } = sound;
  if (from === sampleRateHz) return sound;
  const step = from / sampleRateHz;
  const cutoff = Math.min(1, sampleRateHz / from) * PASSES;
  const reach = CROSSINGS / cutoff;
  const out = new Float32Array(Math.max(1, Math.round(samples.length / step)));
  // Rates with a common measure meet the same few phases again and again.
  const phases = new Map<number, Float64Array>();
  for (let i = 0; i < out.length; i++) {
    const centre = i * step;
    const first = Math.ceil(centre - reach);
    const phase = Math.round((centre - first) * 1e6);
    let taps = phases.get(phase);
    if (taps === undefined) {
      taps = tapsAt(first - centre, Math.floor(reach * 2), cutoff, reach);
      if (phases.size < 2048) phases.set(phase, taps);
    }
    let sum = 0;
    const from0 = Math.max(0, -first);
    const until = Math.min(taps.length, samples.length - first);
    for (let k = from0; k < until; k++) sum += taps[k] * samples[first + k];
    out[i] = sum;
  }
  return { samples: out, sampleRateHz };
}

function tapsAt(offset: number, count: number, cutoff: number, reach: number): Float64Array {
  const taps = new Float64Array(count);
  let total = 0;
  for (let k = 0; k < count; k++) {
    const t = offset + k;
    const x = Math.PI * t * cutoff;
    const sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
    const at = Math.PI * (t / reach);
    const window = Math.abs(t) >= reach ? 0 : 0.42 + 0.5 * Math.cos(at) + 0.08 * Math.cos(2 * at);
    taps[k] = sinc * window;
    total += taps[k];
  }
  // Unit gain at rest for every phase, or a steady tone would ripple.
  return taps.map((tap) => tap / total);
}
