/** Rectangle of a picture in pixels; may reach over the edge, where the edge's pixels are repeated. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** 8-bit RGB picture, row-major. */
export interface Raster {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Taps {
  readonly first: Int32Array;
  readonly weights: Float32Array;
  readonly count: number;
}

/** Triangle filter, widened when shrinking so that nothing aliases; plain bilinear when enlarging. As in training. */
function tapsFor(start: number, length: number, size: number): Taps {
  const scale = length / size;
  const support = Math.max(1, scale);
  const count = Math.ceil(support * 2) + 1;
  const first = new Int32Array(size);
  const weights = new Float32Array(size * count);
  for (let i = 0; i < size; i++) {
    const center = start + (i + 0.5) * scale;
    first[i] = Math.ceil(center - support - 0.5);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = Math.max(0, 1 - Math.abs((first[i] + k + 0.5 - center) / support));
      weights[i * count + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k] /= sum;
  }
  return { first, weights, count };
}

const clamp = (value: number, high: number): number => (value < 0 ? 0 : value > high ? high : value);

/** The region, resampled to `width` x `height`: planes of red, green and blue, 0..1 in steps of 1/255, written to `out`. */
export function resampleToPlanes(
  picture: Raster,
  region: Region,
  out: { data: Float32Array; offset: number; width: number; height: number },
): void {
  const { width, height } = out;
  const xs = tapsFor(region.x, region.width, width);
  const ys = tapsFor(region.y, region.height, height);
  const top = ys.first[0];
  const rows = ys.first[height - 1] + ys.count - top;
  const narrow = new Float32Array(rows * width * 3);
  for (let r = 0; r < rows; r++) {
    const line = clamp(top + r, picture.height - 1) * picture.width;
    for (let i = 0; i < width; i++) {
      let [red, green, blue] = [0, 0, 0];
      for (let k = 0; k < xs.count; k++) {
        const weight = xs.weights[i * xs.count + k];
        if (weight === 0) continue;
        const from = (line + clamp(xs.first[i] + k, picture.width - 1)) * 3;
        red += weight * picture.rgb[from];
        green += weight * picture.rgb[from + 1];
        blue += weight * picture.rgb[from + 2];
      }
      const to = (r * width + i) * 3;
      narrow[to] = red;
      narrow[to + 1] = green;
      narrow[to + 2] = blue;
    }
  }
  const plane = width * height;
  const line = new Float32Array(width * 3);
  for (let j = 0; j < height; j++) {
    line.fill(0);
    for (let k = 0; k < ys.count; k++) {
      const weight = ys.weights[j * ys.count + k];
      if (weight === 0) continue;
      const from = (ys.first[j] + k - top) * width * 3;
      for (let i = 0; i < line.length; i++) line[i] += weight * narrow[from + i];
    }
    const to = out.offset + j * width;
    for (let i = 0; i < width; i++) {
      // Rounded to 8 bits as the training crops were.
      for (let c = 0; c < 3; c++) out.data[to + c * plane + i] = Math.round(line[i * 3 + c]) / 255;
    }
  }
}

/** The picture at half size, each pixel the rounded mean of four: how the detector's training pictures were made. */
export function halveToPlanes(picture: Raster, out: Float32Array): void {
  const { rgb } = picture;
  const width = picture.width >> 1;
  const height = picture.height >> 1;
  const plane = width * height;
  const below = picture.width * 3;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, at = 2 * y * below; x < width; x++, to++, at += 6) {
      for (let c = 0; c < 3; c++) {
        const a = at + c;
        out[to + c * plane] = ((rgb[a] + rgb[a + 3] + rgb[a + below] + rgb[a + below + 3] + 2) >> 2) / 255;
      }
    }
  }
}
