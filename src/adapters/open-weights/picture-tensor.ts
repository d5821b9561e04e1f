import type { Size } from "./picture-size.js";
import { drawResized, tableFor, type Kernel } from "./resample.js";

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

/** A network's canvas and where on it the resized picture lies, pixels. */
export interface Placement extends Size {
  /** Top left corner of the resized picture; negative to cut something off. */
  readonly left: number;
  readonly top: number;
  /** Around it, 0..1. */
  readonly pad: number;
}

export interface PlanesOptions extends Normalisation {
  readonly kernel: Kernel;
  /** Default: a canvas of the resized picture's own size. */
  readonly on?: Placement;
  /** Written over where it fits: megabytes of fresh memory for each picture cost as much as filling them. */
  readonly reuse?: Float32Array<ArrayBuffer>;
}

/** Planes of red, green and blue for a network: resized, normalised as (value / 255 - mean) / std, and placed. */
export function toPlanes(picture: Picture, size: Size, options: PlanesOptions): Float32Array<ArrayBuffer> {
  const { mean, std, kernel, on = { ...size, left: 0, top: 0, pad: 0 }, reuse } = options;
  const { width, height, left, top, pad } = on;
  const cells = width * height;
  const planes = reuse?.length === 3 * cells ? reuse : new Float32Array(3 * cells);
  const covers = left <= 0 && top <= 0 && left + size.width >= width && top + size.height >= height;
  const normalise = (value: number, channel: number): number => (value - mean[channel]) / std[channel];
  const channels = [0, 1, 2];
  if (!covers) for (const c of channels) planes.fill(normalise(pad, c), c * cells, (c + 1) * cells);
  const tables = channels.map((c) => tableFor((byte) => normalise(byte / 255, c)));
  drawResized(picture, size, { kernel, tables, target: { data: planes, width, height, left, top } });
  return planes;
}
