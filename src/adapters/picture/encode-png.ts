import sharp from "sharp";
import type { RgbPicture } from "../../ports/model-client.js";

/** Without loss, off the main thread. */
export async function encodePng({ width, height, rgb }: RgbPicture): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
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
