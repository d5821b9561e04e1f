import sharp from "sharp";
import type { RgbPicture } from "../../ports/model-client.js";

/** Pictures of an animated GIF or WebP. */
export interface AnimatedPicture {
  readonly pages: number;
  readonly durationS: number;
  /** Milliseconds from the start at which each page is shown. */
  readonly startsMs: readonly number[];
  page(index: number): Promise<RgbPicture>;
}

/** Browsers show pages without a time for this long. */
const USUAL_MS = 100;

/** Rejects for what is no picture, and for one whose pages have more than `maxPixels`. A still picture has one page. */
export async function openAnimatedPicture(bytes: Uint8Array, maxPixels: number): Promise<AnimatedPicture> {
  const { pages = 1, delay = [], width, height } = await sharp(bytes, { limitInputPixels: maxPixels }).metadata();
  if (width * height > maxPixels) throw new Error("Input image exceeds pixel limit");
  const startsMs: number[] = [];
  let timeMs = 0;
  for (let i = 0; i < pages; i++) {
    startsMs.push(timeMs);
    timeMs += (delay[i] ?? 0) > 10 ? delay[i] : USUAL_MS;
  }
  return {
    pages,
    durationS: timeMs / 1000,
    startsMs,
    async page(index) {
      const { data, info } = await sharp(bytes, { page: index, limitInputPixels: maxPixels })
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb")
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
    },
  };
}
