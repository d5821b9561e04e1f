import sharp from "sharp";
import type { RgbPicture } from "../../ports/model-client.js";

const MOST_MILLIMETRES = 65_535;

/** A picture as PNG, loss-free, off the main thread. */
export const encodePng = ({ width, height, rgb }: RgbPicture): Promise<Uint8Array> =>
  sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer();

/** One channel, 0 to 255, as PNG. */
export const encodeGreyPng = (
  values: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array> =>
  sharp(values, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 6 })
    .toBuffer();

/** Metres as a 16-bit PNG in millimetres, 0 where there is none: the form in which ROS keeps depth (REP 118). */
export function encodeDepthPng({
  width,
  height,
  depthM,
}: {
  readonly width: number;
  readonly height: number;
  readonly depthM: Float32Array;
}): Promise<Uint8Array> {
  const millimetres = new Uint16Array(depthM.length);
  for (let i = 0; i < depthM.length; i++) millimetres[i] = Math.min(MOST_MILLIMETRES, Math.round(depthM[i] * 1000));
  return sharp(millimetres, { raw: { width, height, channels: 1 } })
    .toColourspace("grey16")
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** A mask whose white becomes clear: how OpenAI's edits mark what is to be changed. */
export async function encodeClearMask({ width, height, rgb }: RgbPicture): Promise<Uint8Array> {
  const rgba = new Uint8Array(width * height * 4);
  for (let from = 0, to = 0; to < rgba.length; from += 3, to += 4) rgba[to + 3] = 255 - rgb[from];
  return sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
}
