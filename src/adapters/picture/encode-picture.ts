import sharp from "sharp";
import type { PictureOf } from "../../ports/model-client.js";

const JPEG_QUALITY = 85;

/** Scales (Lanczos, antialiased) and encodes a picture as JPEG in libuv's thread pool, off the main thread. */
export const encodePicture: PictureOf = async ({ width, height, rgb }, size) => {
  const raw = sharp(rgb, { raw: { width, height, channels: 3 } });
  const scaled =
    size.width === width && size.height === height ? raw : raw.resize(size.width, size.height, { fit: "fill" });
  const data = await scaled.jpeg({ quality: JPEG_QUALITY }).toBuffer();
  return { mediaType: "image/jpeg", data, width: size.width, height: size.height };
};
