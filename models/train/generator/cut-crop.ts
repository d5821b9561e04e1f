/** Square region of a picture, in pixels; may reach over the edge, where the edge's pixels are repeated. */
export interface Square {
  readonly centerX: number;
  readonly centerY: number;
  readonly side: number;
}

interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly count: number;
}

/** Triangle filter, widened when shrinking so that nothing aliases; the plain bilinear filter when enlarging. */
function tapsFor(start: number, side: number, size: number): Taps {
  const scale = side / size;
  const support = Math.max(1, scale);
  const count = Math.ceil(support * 2) + 1;
  const first = new Int32Array(size);
  const weights = new Float32Array(size * count);
  for (let i = 0; i < size; i++) {
    const center = start + (i + 0.5) * scale;
    const low = Math.ceil(center - support - 0.5);
    first[i] = low;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = Math.max(0, 1 - Math.abs((low + k + 0.5 - center) / support));
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k] /= sum;
  }
  return { first, weights, count };
}

export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

const clamp = (value: number, high: number): number => (value < 0 ? 0 : value > high ? high : value);

/** The square, resampled to `size` x `size` with an antialiased triangle filter; interleaved channels, 0..255. */
export function cutCrop(picture: Raster, square: Square, size: number): Uint8Array {
  const { data, width, height, channels } = picture;
  const xs = tapsFor(square.centerX - square.side / 2, square.side, size);
  const ys = tapsFor(square.centerY - square.side / 2, square.side, size);
  const top = ys.first[0];
  const rows = ys.first[size - 1] + ys.count - top;
  const narrow = new Float32Array(rows * size * channels);
  for (let r = 0; r < rows; r++) {
    const line = clamp(top + r, height - 1) * width;
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < xs.count; k++) {
        const weight = xs.weights[i * xs.count + k];
        if (weight === 0) continue;
        const from = (line + clamp(xs.first[i] + k, width - 1)) * channels;
        const to = (r * size + i) * channels;
        for (let c = 0; c < channels; c++) narrow[to + c] += weight * data[from + c];
      }
    }
  }
  const out = new Uint8Array(size * size * channels);
  const line = new Float32Array(size * channels);
  for (let j = 0; j < size; j++) {
    line.fill(0);
    for (let k = 0; k < ys.count; k++) {
      const weight = ys.weights[j * ys.count + k];
      if (weight === 0) continue;
      const from = (ys.first[j] + k - top) * size * channels;
      for (let i = 0; i < line.length; i++) line[i] += weight * narrow[from + i];
    }
    for (let i = 0; i < line.length; i++) out[j * line.length + i] = Math.round(line[i]);
  }
  return out;
}
