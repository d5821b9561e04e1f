/** height x width x 3, row-major, 8-bit sRGB. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface Normalisation {
  /** Of values in 0..1, one for each channel. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export const IMAGENET: Normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
export const CLIP_PIXELS: Normalisation = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};

/** The middle of a picture. */
export function cropCenter(picture: Picture, width: number, height: number): Picture {
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * picture.width + left) * 3;
    rgb.set(picture.rgb.subarray(from, from + width * 3), y * width * 3);
  }
  return { width, height, rgb };
}

/** Planes of red, green and blue, (value / 255 - mean) / std, at the top left of a canvas filled with `pad` (0..1). */
export function toPlanes(
  picture: Picture,
  { mean, std }: Normalisation,
  canvas: { readonly width: number; readonly height: number; readonly pad?: number } = picture,
): Float32Array<ArrayBuffer> {
  const cells = canvas.width * canvas.height;
  const planes = new Float32Array(3 * cells);
  for (let c = 0; c < 3; c++) {
    // 256 values are all there is.
    const table = Float32Array.from({ length: 256 }, (_, value) => (value / 255 - mean[c]) / std[c]);
    const plane = planes.subarray(c * cells, (c + 1) * cells);
    if (canvas.width !== picture.width || canvas.height !== picture.height) {
      plane.fill(((canvas.pad ?? 0) - mean[c]) / std[c]);
    }
    for (let y = 0; y < picture.height; y++) {
      let from = y * picture.width * 3 + c;
      const end = y * canvas.width + picture.width;
      for (let to = y * canvas.width; to < end; to++, from += 3) plane[to] = table[picture.rgb[from]];
    }
  }
  return planes;
}
