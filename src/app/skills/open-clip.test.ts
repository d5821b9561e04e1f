import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { createRecorder } from "../../adapters/mcap/index.js";
import { createVideoWriter } from "../../adapters/video/index.js";
import type { ClipRef } from "../../domain/skill/media-ref.js";
import type { ClipPicture } from "../../skill-kit/index.js";
import { openClip, type OpenClipOptions } from "./open-clip.js";

const WIDTH = 90;
const HEIGHT = 66;
const options = (more: Partial<OpenClipOptions> = {}): OpenClipOptions => ({
  policy: { from: "local", folders: [] },
  signal: new AbortController().signal,
  stage: { picture: () => Promise.reject(new Error("no camera")) },
  ...more,
});
const frameAt = (i: number) =>
  paintFrame({
    width: WIDTH,
    height: HEIGHT,
    background: [200, 200, 200],
    squares: [{ x: 2 * i, y: 20, side: 20, rgb: [230, 20, 20] }],
    sequence: i + 1,
    depthM: 1,
  });

/** Column of the red square's middle. */
function redAt({ frame: { rgb, width } }: ClipPicture): number {
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => {
    const at = (30 * width + x) * 3;
    return rgb[at] > 180 && rgb[at + 1] < 110;
  });
  return columns.reduce((sum, x) => sum + x, 0) / columns.length;
}

async function read(ref: ClipRef, more: Partial<OpenClipOptions> = {}, everyS = 0): Promise<readonly ClipPicture[]> {
  const clip = await openClip(ref, options(more));
  if (!clip.ok) throw new Error(`${clip.code}: ${clip.message}`);
  const pictures: ClipPicture[] = [];
  for await (const picture of clip.value.pictures({ everyS })) pictures.push(picture);
  return pictures;
}

describe("openClip", () => {
  let folder = "";
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "clips-"));
    const film = await createVideoWriter({ path: file("film.mp4"), width: WIDTH, height: HEIGHT, fps: 10 });
    for (let i = 0; i < 20; i++) await film.add(frameAt(i).rgb);
    await film.close();
    const pages = Buffer.concat(Array.from({ length: 4 }, (_, i) => Buffer.from(frameAt(i * 5).rgb)));
    await sharp(pages, { raw: { width: WIDTH, height: 4 * HEIGHT, channels: 3, pageHeight: HEIGHT } })
      .gif({ delay: [500, 500, 500, 500] })
      .toFile(file("moving.gif"));
    const recorder = await createRecorder({ path: file("run.mcap") });
    for (let i = 0; i < 6; i++) recorder.frame({ ...frameAt(i * 3), capturedAtMs: 1000 + i * 500 });
    await recorder.close();
    await writeFile(file("cut.mp4"), (await readFile(file("film.mp4"))).subarray(0, 900));
    await writeFile(file("text.mp4"), "this is no video");
    await writeFile(file("empty.gif"), "");
    await sharp(frameAt(0).rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .webp()
      .toFile(file("still.webp"));
  });

  it("decodes Handeye's own films, every picture or one in a while", async () => {
    const all = await read(file("film.mp4"));
    const some = await read(file("film.mp4"), {}, 0.5);

    expect(all).toHaveLength(20);
    expect(all[10].timeMs).toBe(1000);
    expect(Math.abs(redAt(all[10]) - 29.5)).toBeLessThan(1.5);
    expect(some.map(({ timeMs }) => timeMs)).toEqual([0, 500, 1000, 1500]);
    expect(all[0].frame).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(all[0].calibrated).toBe(false);
  });

  it("takes the same bytes in the request", async () => {
    const data = (await readFile(file("film.mp4"))).toString("base64");

    expect(await read({ data }, {}, 1)).toHaveLength(2);
  });

  it("reads animated pictures at their own pace", async () => {
    const pages = await read(file("moving.gif"));

    expect(pages.map(({ timeMs }) => timeMs)).toEqual([0, 500, 1000, 1500]);
    expect(Math.abs(redAt(pages[2]) - 29.5)).toBeLessThan(1.5);
  });

  it("reads recordings", async () => {
    const pictures = await read(file("run.mcap"));

    expect(pictures.map(({ timeMs }) => timeMs)).toEqual([0, 500, 1000, 1500, 2000, 2500]);
    expect(Math.abs(redAt(pictures[2]) - 21.5)).toBeLessThan(2);
  });

  it("films a live camera for as long as was asked", async () => {
    let nowMs = 0;
    const frame = frameAt(0);
    const picture = () => {
      nowMs += 400;
      return Promise.resolve(frame);
    };

    const pictures = await read({ camera: "head", forS: 1 }, { stage: { picture }, nowMs: () => nowMs }, 0.1);

    expect(pictures.map(({ timeMs }) => timeMs)).toEqual([0, 400, 800]);
    expect(pictures.every(({ calibrated }) => calibrated)).toBe(true);
  });

  it.each([
    ["cut.mp4", "bad-clip"],
    ["text.mp4", "bad-clip"],
    ["empty.gif", "bad-clip"],
    ["still.webp", "bad-clip"],
    ["missing.mp4", "not-found"],
  ])("refuses %s with %s", async (name, code) => {
    expect(await openClip(file(name), options())).toMatchObject({ ok: false, code });
  });

  it("says what to do where nobody can decode", async () => {
    const bytes = await readFile(file("film.mp4"));
    // The profile in the decoder's configuration: high in place of baseline.
    bytes[bytes.indexOf("avcC") + 5] = 100;
    await writeFile(file("high.mp4"), bytes);

    const clip = await openClip(file("high.mp4"), options({ searchPath: "" }));

    expect(clip).toMatchObject({ ok: false, code: "no-decoder", message: expect.stringContaining("ffmpeg") });
  });
});
