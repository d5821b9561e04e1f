import type { Sound } from "../../ports/transcriber.js";

/** Half-width of the filter in zero crossings of the slower rate. */
const CROSSINGS = 16;

/** The sound at another rate: a windowed sinc below both rates' limits, so that nothing folds back into speech. */
export function toRate({ samples, sampleRateHz }: Sound, rateHz: number): Float32Array {
  if (sampleRateHz === rateHz) return samples;
  const cutoff = Math.min(1, rateHz / sampleRateHz);
  const reach = CROSSINGS / cutoff;
  const step = sampleRateHz / rateHz;
  const out = new Float32Array(Math.max(1, Math.round(samples.length / step)));
  for (let i = 0; i < out.length; i++) {
    const center = i * step;
    const first = Math.max(0, Math.ceil(center - reach));
    const last = Math.min(samples.length - 1, Math.floor(center + reach));
    let sum = 0;
    for (let k = first; k <= last; k++) {
      const x = (k - center) * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
      sum += samples[k] * sinc * (0.5 + 0.5 * Math.cos((Math.PI * (k - center)) / reach));
    }
    out[i] = sum * cutoff;
  }
  return out;
}
