export interface MelOptions {
  readonly sampleRateHz: number;
  /** Samples of a frame, of a step, and of the Fourier transform (a power of two). */
  readonly window: number;
  readonly hop: number;
  readonly spectrum: number;
  readonly bands: number;
  readonly lowHz: number;
  readonly highHz: number;
  /** How much of the sample before is taken off each, so that high voices count like deep ones. */
  readonly emphasis: number;
}

/**
 * A stream of samples to mel power, frame by frame. The network that is trained on the same arithmetic hears the same
 * numbers: a Hann window, power, triangles of equal area.
 */
export function melFrames(options: MelOptions): (samples: Float32Array, each: (power: Float32Array) => void) => void {
  const { window, hop, spectrum, bands, emphasis } = options;
  const hann = Float32Array.from({ length: window }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / (window - 1)));
  const triangles = melTriangles(options);
  const transform = fourier(spectrum);
  const frame = new Float32Array(window);
  const real = new Float64Array(spectrum);
  const imaginary = new Float64Array(spectrum);
  const power = new Float32Array(bands);
  let filled = 0;
  let before: number | undefined;

  return (samples, each) => {
    for (const sample of samples) {
      if (before !== undefined) frame[filled++] = sample - emphasis * before;
      before = sample;
      if (filled < window) continue;
      real.fill(0);
      imaginary.fill(0);
      for (let n = 0; n < window; n++) real[n] = frame[n] * hann[n];
      transform(real, imaginary);
      for (let band = 0; band < bands; band++) {
        const { first, weights } = triangles[band];
        let sum = 0;
        for (let i = 0; i < weights.length; i++) {
          const bin = first + i;
          sum += weights[i] * (real[bin] * real[bin] + imaginary[bin] * imaginary[bin]);
        }
        power[band] = sum;
      }
      each(power);
      frame.copyWithin(0, hop);
      filled = window - hop;
    }
  };
}

interface Triangle {
  readonly first: number;
  readonly weights: Float64Array;
}

function melTriangles({ sampleRateHz, spectrum, bands, lowHz, highHz }: MelOptions): readonly Triangle[] {
  const toMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);
  const [low, high] = [toMel(lowHz), toMel(highHz)];
  const edge = (i: number): number => toHz(low + ((high - low) * i) / (bands + 1));
  return Array.from({ length: bands }, (_, band) => {
    const [left, middle, right] = [edge(band), edge(band + 1), edge(band + 2)];
    const all = Array.from({ length: spectrum / 2 + 1 }, (__, bin) => {
      const hz = (bin * sampleRateHz) / spectrum;
      return Math.max(0, Math.min((hz - left) / (middle - left), (right - hz) / (right - middle)));
    });
    const sum = Math.max(
      1e-3,
      all.reduce((total, weight) => total + weight, 0),
    );
    const first = Math.max(
      0,
      all.findIndex((weight) => weight > 0),
    );
    const last = all.findLastIndex((weight) => weight > 0);
    return { first, weights: Float64Array.from(all.slice(first, last + 1), (weight) => weight / sum) };
  });
}

/** In-place complex Fourier transform of a power of two. */
function fourier(size: number): (real: Float64Array, imaginary: Float64Array) => void {
  const cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size));
  const bits = Math.log2(size);
  const swapped = Uint16Array.from({ length: size }, (_, i) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
  return (real, imaginary) => {
    for (let i = 0; i < size; i++) {
      const j = swapped[i];
      if (j <= i) continue;
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const [a, b] = [start + k, start + k + half];
          const [c, s] = [cos[k * stride], sin[k * stride]];
          const re = real[b] * c - imaginary[b] * s;
          const im = real[b] * s + imaginary[b] * c;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
  };
}
