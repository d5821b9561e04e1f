import sharp from "sharp";

/** A picture (height x width x 3 sRGB bytes) as JPEG. `quality`: 1 to 100. */
export function encodeJpeg(
  { width, height, rgb }: { readonly width: number; readonly height: number; readonly rgb: Uint8Array },
  quality = 78,
): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, mozjpeg: true })
    .toBuffer();
}
