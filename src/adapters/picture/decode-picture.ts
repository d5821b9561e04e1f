import sharp from "sharp";
import type { RgbPicture } from "../../ports/model-client.js";

/** A JPEG or PNG as plain RGB, off the main thread. Rejects for what is no picture. */
export async function decodePicture(bytes: Uint8Array): Promise<RgbPicture> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}
