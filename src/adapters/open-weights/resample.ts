import type { Picture } from "./picture-tensor.js";

export type Kernel = "nearest" | "linear" | "cubic" | "lanczos3";

interface Filter {
  readonly support: number;
  readonly weight: (x: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const FILTERS: Readonly<Record<Exclude<Kernel, "nearest">, Filter>> = {
  linear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  cubic: {
    support: 2,
    weight(x) {
      const t = Math.abs(x);
      if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
      return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
    },
  },
  lanczos3: { support: 3, weight: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Weights are whole numbers of 2^-22, as in the library that the models' training pictures went through. */
const BITS = 22;
const HALF = 1 << (BITS - 1);

interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A filter widened when shrinking, so that nothing aliases; sides of the picture cut it off and it is normalised anew. */
function tapsFor(from: number, to: number, { support, weight }: Filter): Taps {
  const scale = from / to;
  const widened = Math.max(1, scale);
  const reach = support * widened;
  const stride = Math.ceil(reach) * 2 + 1;
  const [first, count] = [new Int32Array(to), new Int32Array(to)];
  const weights = new Int32Array(to * stride);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - reach + 0.5));
    const end = Math.min(from, Math.trunc(center + reach + 0.5));
    const own = Array.from({ length: end - start }, (_, k) => weight((start + k - center + 0.5) / widened));
    const sum = own.reduce((total, value) => total + value, 0);
    const whole = own.map((value) => Math.round((value / sum) * (1 << BITS)));
    let skip = 0;
    while (skip < whole.length - 1 && whole[skip] === 0) skip++;
    while (whole.length > skip + 1 && whole[whole.length - 1] === 0) whole.pop();
    first[i] = start + skip;
    count[i] = whole.length - skip;
    weights.set(whole.slice(skip), i * stride);
  }
  return { first, count, weights, stride };
}

function narrow({ rgb, width, height }: Picture, to: number, filter: Filter): Picture {
  const { first, count, weights, stride } = tapsFor(width, to, filter);
  // Clamps what it stores.
  const out = new Uint8ClampedArray(to * height * 3);
  for (let i = 0; i < to; i++) {
    const [start, taps, at] = [first[i] * 3, count[i], i * stride];
    const [w0, w1, w2] = [weights[at], taps > 1 ? weights[at + 1] : 0, taps > 2 ? weights[at + 2] : 0];
    for (let y = 0; y < height; y++) {
      const from = y * width * 3 + start;
      const cell = (y * to + i) * 3;
      for (let c = 0; c < 3; c++) {
        let sum = HALF + Math.imul(rgb[from + c], w0);
        // Few taps, as when enlarging, are the usual case; a loop for them costs more than they do.
        if (taps > 1) sum += Math.imul(rgb[from + c + 3], w1);
        if (taps > 2) sum += Math.imul(rgb[from + c + 6], w2);
        for (let k = 3; k < taps; k++) sum += Math.imul(rgb[from + c + k * 3], weights[at + k]);
        out[cell + c] = sum >> BITS;
      }
    }
  }
  return { rgb: new Uint8Array(out.buffer), width: to, height };
}

function flatten({ rgb, width, height }: Picture, to: number, filter: Filter): Picture {
  const { first, count, weights, stride } = tapsFor(height, to, filter);
  const length = width * 3;
  const out = new Uint8ClampedArray(length * to);
  const sums = new Int32Array(length);
  for (let j = 0; j < to; j++) {
    const [at, from, taps] = [j * length, first[j] * length, count[j]];
    const [w0, w1] = [weights[j * stride], taps > 1 ? weights[j * stride + 1] : 0];
    if (taps <= 2) {
      const next = taps > 1 ? from + length : from;
      for (let i = 0; i < length; i++) {
        out[at + i] = (HALF + Math.imul(rgb[from + i], w0) + Math.imul(rgb[next + i], w1)) >> BITS;
      }
      continue;
    }
    sums.fill(HALF);
    for (let k = 0; k < taps; k++) {
      const weight = weights[j * stride + k];
      const line = from + k * length;
      for (let i = 0; i < length; i++) sums[i] += Math.imul(rgb[line + i], weight);
    }
    for (let i = 0; i < length; i++) out[at + i] = sums[i] >> BITS;
  }
  return { rgb: new Uint8Array(out.buffer), width, height: to };
}

function pickNearest(picture: Picture, width: number, height: number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * picture.height) / height) * picture.width;
    for (let x = 0; x < width; x++, at += 3) {
      const from = (row + Math.floor(((x + 0.5) * picture.width) / width)) * 3;
      rgb.set(picture.rgb.subarray(from, from + 3), at);
    }
  }
  return { rgb, width, height };
}

/**
 * The picture at exactly this size, its proportions not kept, to the bit as training resized its pictures: along rows first,
 * then along columns, rounded to bytes in between. Plain interpolation would drop thin things when shrinking and move scores.
 */
export function resizePicture(picture: Picture, width: number, height: number, kernel: Kernel): Picture {
  if (kernel === "nearest") return pickNearest(picture, width, height);
  const filter = FILTERS[kernel];
  const narrowed = picture.width === width ? picture : narrow(picture, width, filter);
  return narrowed.height === height ? narrowed : flatten(narrowed, height, filter);
}
