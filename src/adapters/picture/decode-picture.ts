import sharp from "sharp";
import type { RgbPicture } from "../../ports/model-client.js";

/**
 * A JPEG, PNG, WebP, TIFF or GIF as plain RGB, turned upright as its camera says, off the main thread. Rejects for what is no
 * picture, and for one of more than `maxPixels` (default: sharp's own limit of 268 million).
 */
export async function decodePicture(bytes: Uint8Array, maxPixels?: number): Promise<RgbPicture> {
  const { data, info } = await sharp(bytes, maxPixels === undefined ? {} : { limitInputPixels: maxPixels })
    .rotate()
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: info.channels === 3 ? data : grey(data, info.channels) };
}

/** Pictures of one channel come back as such. */
function grey(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) rgb.fill(data[from], to, to + 3);
  return rgb;
}
