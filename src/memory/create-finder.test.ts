import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { aDetection } from "../../test/support/a-detection.js";
import { aLook } from "../../test/support/a-look.js";
import { paintFrame } from "../../test/support/painted-frame.js";
import { createPictureFolder } from "../adapters/picture-memory/index.js";
import { createTextIndex } from "../adapters/text-index/index.js";
import { createVectorFolder } from "../adapters/vector-store/index.js";
import type { Detection } from "../domain/detection.js";
import type { RgbPicture } from "../ports/model-client.js";
import type { PictureEmbedder } from "../ports/picture-embedder.js";
import type { PictureFinder, PictureToRemember } from "../ports/picture-memory.js";
import { createFinder } from "./create-finder.js";

const idle = { signal: new AbortController().signal };
const MINUTE = 60_000;
const START = Date.parse("2026-11-29T10:00:00Z");

/** The mean colour: good enough a space for what is painted here. */
const colorEmbedder: PictureEmbedder = {
  name: "color",
  async embedPicture({ rgb }) {
    const sum = [0, 0, 0];
    for (let at = 0; at < rgb.length; at++) sum[at % 3] += rgb[at];
    return unit(sum);
  },
  embedText: async (text) =>
    unit([/crimson|red/.test(text) ? 1 : 0, text.includes("green") ? 1 : 0, text.includes("blue") ? 1 : 0]),
  close: async () => undefined,
};
const unit = (values: readonly number[]): Float32Array => {
  const length = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / length);
};

const GREY: readonly [number, number, number] = [90, 90, 90];

function seen(
  detections: readonly Detection[],
  { atMs = START, background = GREY, origin = "head camera", calibrated = true } = {},
): PictureToRemember {
  const frame = paintFrame({ width: 64, height: 48, background });
  return { frame, origin, calibrated, seenAtMs: atMs, perceive: async () => ({ ...aLook({ detections }), frame }) };
}

let folder: string;
let count = 0;
async function open({ most = 100, vectors = false } = {}): Promise<PictureFinder> {
  return createFinder({
    store: createPictureFolder({ folder, most }),
    index: createTextIndex(),
    newId: () => (count++).toString(16).padStart(12, "0"),
    encode: async (picture) => ({ mediaType: "image/jpeg", data: Buffer.from(picture.rgb), width: 64, height: 48 }),
    decode: async (jpeg): Promise<RgbPicture> => ({ width: 64, height: 48, rgb: new Uint8Array(jpeg) }),
    ...(vectors
      ? { vectors: { embedder: colorEmbedder, store: createVectorFolder({ folder: join(folder, "vectors") }) } }
      : {}),
  });
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seen-"));
});

const mug = aDetection({ id: "d1", kind: "mug", color: "red", center: [0.5, 0.1, 0.76] });
const bag = aDetection({ id: "d2", kind: "bag", color: "green", center: [0.4, -0.3, 0.76] });
const drawers = [
  aDetection({ id: "l", kind: "drawer", state: "open", center: [0.45, 0.4, 0.6], sizeM: [0.3, 0.3, 0.12] }),
  aDetection({ id: "r", kind: "drawer", state: "open", center: [0.45, -0.4, 0.6], sizeM: [0.3, 0.3, 0.12] }),
];

describe("what was seen", () => {
  it.each(["red mug", "cup", "红色的杯子", "杯子"])("is found by %j", async (words) => {
    const finder = await open();
    await finder.remember(seen([bag], { atMs: START }), idle);
    await finder.remember(seen([mug], { atMs: START + MINUTE }), idle);

    const found = await finder.search({ words, limit: 5 }, idle);

    expect(found.ok && found.value.map(({ picture }) => picture.things[0].label)).toEqual(["red mug"]);
    expect(found.ok && found.value[0].by).toEqual(["words", "things"]);
  });

  it("is not found by words for something else", async () => {
    const finder = await open();
    await finder.remember(seen([mug]), idle);

    expect(await finder.search({ words: "banana", limit: 5 }, idle)).toEqual({ ok: true, value: [] });
    expect(await finder.search({ words: "candle", limit: 5 }, idle)).toEqual({ ok: true, value: [] });
  });

  it("is found by a picture that looks like it", async () => {
    const finder = await open();
    await finder.remember(seen([], { background: [200, 30, 30], origin: "red room" }), idle);
    await finder.remember(seen([], { background: [30, 30, 200], origin: "blue room", atMs: START + 1 }), idle);

    const found = await finder.search({ picture: seen([], { background: [190, 35, 30] }), limit: 5 }, idle);

    expect(found.ok && found.value.map(({ picture, by }) => [picture.origin, by])).toEqual([["red room", ["look"]]]);
  });

  it("can be asked for by time", async () => {
    const finder = await open();
    for (const minute of [0, 1, 2]) await finder.remember(seen([mug], { atMs: START + minute * MINUTE }), idle);

    const found = await finder.search(
      { words: "mug", limit: 5, sinceMs: START + 30_000, untilMs: START + 90_000 },
      idle,
    );

    expect(found.ok && found.value.map(({ picture }) => picture.seenAtMs)).toEqual([START + MINUTE]);
  });

  it("outlives the program, and another program sees it", async () => {
    await (await open()).remember(seen([mug]), idle);
    const other = await open();

    expect(await other.search({ words: "mug", limit: 1 }, idle)).toMatchObject({
      ok: true,
      value: [{ picture: { origin: "head camera" } }],
    });
    await (await open()).remember(seen([bag], { atMs: START + 1 }), idle);
    expect(await other.search({ words: "袋子", limit: 1 }, idle)).toMatchObject({
      ok: true,
      value: [{ picture: { things: [{ label: "green bag" }] } }],
    });
  });

  it("leaves with the oldest first when there is too much of it", async () => {
    const finder = await open({ most: 2 });
    for (const minute of [0, 1, 2]) await finder.remember(seen([mug], { atMs: START + minute * MINUTE }), idle);

    const found = await finder.search({ words: "mug", limit: 9 }, idle);

    expect(found.ok && found.value.map(({ picture }) => picture.seenAtMs).sort((a, b) => a - b)).toEqual([
      START + MINUTE,
      START + 2 * MINUTE,
    ]);
    expect((await readdir(folder)).length).toBe(4);
  });

  it("passes over files that are damaged", async () => {
    const finder = await open();
    await finder.remember(seen([mug]), idle);
    await writeFile(join(folder, "20261129T100001000Z-0badbadbad01.json"), '{"id": 1');
    await writeFile(join(folder, "20261129T100001000Z-0badbadbad02.json"), "{}");

    expect(await finder.search({ words: "mug", limit: 9 }, idle)).toMatchObject({ ok: true, value: { length: 1 } });
  });

  it("says so when the disk refuses", async () => {
    const file = join(folder, "file");
    await writeFile(file, "in the way");
    folder = join(file, "sub");
    const finder = await open();

    await expect(finder.remember(seen([mug]), idle)).rejects.toMatchObject({ code: "recording-failed" });
  });
});

describe("with a learned space", () => {
  it("things are found that have no word in the lexicon", async () => {
    const finder = await open({ vectors: true });
    await finder.remember(seen([], { background: [220, 20, 20], origin: "red" }), idle);
    await finder.remember(seen([], { background: [20, 20, 220], origin: "blue", atMs: START + 1 }), idle);

    const found = await finder.search({ words: "crimson curtain", limit: 1 }, idle);

    expect(found).toMatchObject({ ok: true, value: [{ picture: { origin: "red" }, by: ["vectors"] }] });
  });

  it("pictures get their vectors that were remembered without", async () => {
    await (await open()).remember(seen([], { background: [20, 220, 20], origin: "green" }), idle);

    const found = await (await open({ vectors: true })).search({ words: "a green meadow", limit: 1 }, idle);

    expect(found).toMatchObject({ ok: true, value: [{ picture: { origin: "green" } }] });
  });

  it("a picture's fit to words is its cosine", async () => {
    const finder = await open({ vectors: true });

    const [red, blue] = [
      await finder.fit(seen([], { background: [220, 20, 20] }), "crimson", idle),
      await finder.fit(seen([], { background: [20, 20, 220] }), "crimson", idle),
    ];

    expect(red.ok && blue.ok && red.value.score > 0.9 && blue.value.score < 0.2).toBe(true);
  });
});

describe("where a thing was seen last", () => {
  it.each([
    "red mug",
    "my mug",
    "where did I last see my mug?",
    "where is the red mug?",
    "红色的杯子",
    "我的杯子在哪里？",
  ])("is told for %j", async (phrase) => {
    const finder = await open();
    const inDrawer = aDetection({ id: "d1", kind: "mug", color: "red", center: [0.45, 0.4, 0.6] });
    await finder.remember(seen([mug], { atMs: START }), idle);
    await finder.remember(seen([inDrawer, ...drawers], { atMs: START + MINUTE }), idle);
    await finder.remember(seen([bag], { atMs: START + 2 * MINUTE }), idle);

    const last = await finder.lastSeen(phrase, idle);

    expect(last).toMatchObject({
      ok: true,
      value: {
        picture: { seenAtMs: START + MINUTE },
        place: { en: "in the left drawer", zh: "在左边的抽屉里" },
        alike: 1,
      },
    });
  });

  it("is told in metres where it stands by itself, and only where the camera was calibrated", async () => {
    const finder = await open();
    await finder.remember(seen([mug]), idle);
    const calibrated = await finder.lastSeen("mug", idle);
    await finder.remember(seen([mug], { calibrated: false, atMs: START + 1 }), idle);
    const assumed = await finder.lastSeen("mug", idle);

    expect(calibrated.ok && calibrated.value.place.en).toBe("0.50 m ahead, 0.10 m to the left, 0.80 m up");
    expect(assumed.ok && assumed.value.place.en).not.toContain("m ");
  });

  it("is not made up", async () => {
    const finder = await open();
    await finder.remember(seen([bag]), idle);

    expect(await finder.lastSeen("mug", idle)).toMatchObject({ ok: false, code: "not-seen" });
    expect(await finder.lastSeen("flux capacitor", idle)).toMatchObject({ ok: false, code: "not-understood" });
  });

  it("counts what fits as well", async () => {
    const finder = await open();
    const other = aDetection({ id: "d9", kind: "mug", color: "blue", center: [0.5, -0.3, 0.76] });
    await finder.remember(seen([mug, other]), idle);

    expect(await finder.lastSeen("mug", idle)).toMatchObject({ ok: true, value: { alike: 2 } });
  });
});

describe("how well a picture fits words", () => {
  it("is 0 where the thing is not there, and more where it is", async () => {
    const finder = await open();
    const fit = async (things: readonly Detection[], words: string) => {
      const result = await finder.fit(seen(things), words, idle);
      return result.ok ? result.value.score : -1;
    };

    expect(await fit([bag], "the red mug")).toBe(0);
    expect(await fit([mug], "the red mug")).toBeGreaterThan(0.5);
    expect(await fit([mug], "red mug and banana")).toBeGreaterThan(0);
    expect(await fit([mug], "unicorns")).toBe(0);
  });
});
