import type { Size } from "./picture-size.js";
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
const ONE = 1 << BITS;
const HALF = 1 << (BITS - 1);

/** For each new place along one axis: which old ones it is made of, from `first` on, and how much of each. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `stride` of them for each place. */
  readonly weights: Int32Array;
  readonly stride: number;
}

function tapsFor(from: number, to: number, kernel: Kernel): Taps {
  if (kernel === "nearest" || from === to) {
    const first = Int32Array.from({ length: to }, (_, i) => Math.floor(((i + 0.5) * from) / to));
    return { first, count: new Int32Array(to).fill(1), weights: new Int32Array(to).fill(ONE), stride: 1 };
  }
  return filterTaps(from, to, FILTERS[kernel]);
}

/** A filter widened when shrinking, so that nothing aliases; sides of the picture cut it off and it is normalised anew. */
function filterTaps(from: number, to: number, { support, weight }: Filter): Taps {
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
    const whole = own.map((value) => Math.round((value / sum) * ONE));
    let skip = 0;
    while (skip < whole.length - 1 && whole[skip] === 0) skip++;
    while (whole.length > skip + 1 && whole[whole.length - 1] === 0) whole.pop();
    first[i] = start + skip;
    count[i] = whole.length - skip;
    weights.set(whole.slice(skip), i * stride);
  }
  return { first, count, weights, stride };
}

const weightsAt = ({ weights, count, stride }: Taps, tap: number): Int32Array =>
  Int32Array.from(count, (taps, i) => (tap < taps ? weights[i * stride + tap] : 0));

/** The picture resized along rows and rounded to bytes, as planes of red, green and blue. */
function narrow({ rgb, width, height }: Picture, taps: Taps): Uint8ClampedArray {
  const { first, count, weights, stride } = taps;
  const to = first.length;
  const cells = to * height;
  // Clamps what it stores.
  const out = new Uint8ClampedArray(3 * cells);
  // Enlarging has two taps at most, and a loop over them would cost more than they do.
  const few = count.every((each) => each <= 2);
  const [w0, w1] = [weightsAt(taps, 0), weightsAt(taps, 1)];
  const near = first.map((at) => at * 3);
  const far = near.map((at, i) => at + (count[i] - 1) * 3);
  for (let y = 0, at = 0, line = 0; y < height; y++, line += width * 3) {
    if (few) {
      for (let i = 0; i < to; i++, at++) {
        const [u, v, a, b] = [line + near[i], line + far[i], w0[i], w1[i]];
        out[at] = (HALF + Math.imul(rgb[u], a) + Math.imul(rgb[v], b)) >> BITS;
        out[at + cells] = (HALF + Math.imul(rgb[u + 1], a) + Math.imul(rgb[v + 1], b)) >> BITS;
        out[at + 2 * cells] = (HALF + Math.imul(rgb[u + 2], a) + Math.imul(rgb[v + 2], b)) >> BITS;
      }
      continue;
    }
    for (let i = 0; i < to; i++, at++) {
      let [red, green, blue] = [HALF, HALF, HALF];
      const end = i * stride + count[i];
      for (let k = i * stride, from = line + near[i]; k < end; k++, from += 3) {
        red += Math.imul(rgb[from], weights[k]);
        green += Math.imul(rgb[from + 1], weights[k]);
        blue += Math.imul(rgb[from + 2], weights[k]);
      }
      out[at] = red >> BITS;
      out[at + cells] = green >> BITS;
      out[at + 2 * cells] = blue >> BITS;
    }
  }
  return out;
}

/** Values that overshoot a byte, as sharpening filters give them, find its ends in the table. */
const MARGIN = 256;

/** What each byte becomes, with room on both sides for values beyond 0 and 255. */
export const tableFor = (valueOf: (byte: number) => number): Float32Array =>
  Float32Array.from({ length: 256 + 2 * MARGIN }, (_, i) => valueOf(Math.min(255, Math.max(0, i - MARGIN))));

/** Where a resized picture is drawn. */
export interface Target {
  /** Planes of red, green and blue, each `width` x `height`. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Top left corner of the resized picture on it; negative to cut something off. */
  readonly left: number;
  readonly top: number;
}

/**
 * Draws the picture at exactly `size`, its proportions not kept, to the bit as training resized its pictures: along rows first,
 * then along columns, rounded to bytes in between. Plain interpolation would drop thin things when shrinking and move scores.
 * `tables` say what a byte of each channel becomes.
 */
export function drawResized(
  picture: Picture,
  size: Size,
  { kernel, tables, target }: { kernel: Kernel; tables: readonly Float32Array[]; target: Target },
): void {
  const bytes = narrow(picture, tapsFor(picture.width, size.width, kernel));
  const rows = tapsFor(picture.height, size.height, kernel);
  const cells = size.width * picture.height;
  tables.forEach((table, channel) => {
    const plane = bytes.subarray(channel * cells, (channel + 1) * cells);
    flatten(plane, size, { rows, table, target, at: channel * target.width * target.height });
  });
}

/** Along columns, a line at a time, onto the target. */
function flatten(
  bytes: Uint8ClampedArray,
  size: Size,
  { rows, table, target, at }: { rows: Taps; table: Float32Array; target: Target; at: number },
): void {
  const { first, count, weights, stride } = rows;
  const { data, left, top } = target;
  const [start, end] = [Math.max(0, -left), Math.min(size.width, target.width - left)];
  const sums = new Int32Array(size.width);
  for (let j = Math.max(0, -top); j < size.height && top + j < target.height; j++) {
    const near = first[j] * size.width;
    const to = at + (top + j) * target.width + left;
    const w0 = weights[j * stride];
    if (count[j] <= 2) {
      const far = near + (count[j] - 1) * size.width;
      const w1 = count[j] > 1 ? weights[j * stride + 1] : 0;
      for (let i = start; i < end; i++) {
        data[to + i] =
          table[((HALF + Math.imul(bytes[near + i], w0) + Math.imul(bytes[far + i], w1)) >> BITS) + MARGIN];
      }
      continue;
    }
    sums.fill(HALF);
    for (let k = 0; k < count[j]; k++) {
      const weight = weights[j * stride + k];
      const line = near + k * size.width;
      for (let i = start; i < end; i++) sums[i] += Math.imul(bytes[line + i], weight);
    }
    for (let i = start; i < end; i++) data[to + i] = table[(sums[i] >> BITS) + MARGIN];
  }
}
