import sharp from "sharp";
import { openVideo } from "../../src/adapters/video/index.js";

const WIDTH = 320;

/** `count` moments of a film, evenly spread, two in a row, as one JPEG: for pages that show no films. */
export async function filmStrip(path: string, count: number): Promise<Uint8Array> {
  const video = await openVideo(path, { searchPath: "" });
  if (!video.ok) throw new Error(video.message);
  const { durationS } = video.value;
  const tiles: Buffer[] = [];
  let height = 0;
  const everyS = durationS / count;
  for await (const { picture, timeMs } of video.value.pictures({ everyS, signal: new AbortController().signal })) {
    if (tiles.length >= count || timeMs < (tiles.length * 1000 * durationS) / count) continue;
    const { data, info } = await sharp(picture.rgb, {
      raw: { width: picture.width, height: picture.height, channels: 3 },
    })
      .resize({ width: WIDTH })
      .png()
      .toBuffer({ resolveWithObject: true });
    tiles.push(data);
    height = info.height;
  }
  const rows = Math.ceil(tiles.length / 2);
  return sharp({ create: { width: 2 * WIDTH, height: rows * height, channels: 3, background: "#000000" } })
    .composite(tiles.map((input, at) => ({ input, left: (at % 2) * WIDTH, top: Math.floor(at / 2) * height })))
    .jpeg({ quality: 80 })
    .toBuffer();
}
