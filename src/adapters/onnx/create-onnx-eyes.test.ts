import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeDepthContract } from "../../../test/contract/depth-contract.js";
import { describeGrounderContract } from "../../../test/contract/grounder-contract.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { createOnnxEyes, type OnnxEyes } from "./create-onnx-eyes.js";

const TINY_EYES = resolve(import.meta.dirname, "../../../test/fixtures/tiny-eyes");
const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const BAG = { x: 200, y: 120, side: 60, rgb: RED };
const ZONE = { x: 420, y: 300, side: 60, rgb: GREEN };

describeGrounderContract("onboard, tiny weights", async () => {
  const { grounder } = await createOnnxEyes({ modelDir: TINY_EYES });
  return { grounder, frame: paintFrame({ squares: [BAG, ZONE] }), emptyFrame: paintFrame() };
});
describeDepthContract("onboard, tiny weights", async () => {
  const { depth } = await createOnnxEyes({ modelDir: TINY_EYES });
  return { depth, frame: paintFrame({ squares: [BAG] }) };
});

describe("onnx eyes", () => {
  let eyes: OnnxEyes;
  beforeAll(async () => {
    eyes = await createOnnxEyes({ modelDir: TINY_EYES });
  });
  afterAll(() => eyes.close());

  it("names what it finds and draws box and mask around it", async () => {
    const found = await eyes.grounder.ground(paintFrame({ squares: [BAG, ZONE] }), { phrases: [] });

    expect(found.map((g) => g.label).sort()).toEqual(["green zone", "red bag"]);
    const bag = found.find((g) => g.label === "red bag");
    // The tiny detector's boxes are 80 pixels wide; the mask brings them to the square's own 60.
    expect(Math.abs((bag?.box.x0 ?? 0) * 640 - BAG.x)).toBeLessThan(4);
    expect(Math.abs((bag?.box.x1 ?? 0) * 640 - BAG.x - BAG.side)).toBeLessThan(4);
    expect(Math.abs((bag?.box.y0 ?? 0) * 480 - BAG.y)).toBeLessThan(4);
    const { data } = bag?.mask ?? { data: new Uint8Array(1) };
    expect(data.reduce((sum, value) => sum + value, 0) / data.length).toBeGreaterThan(0.95);
  });

  it.each([
    ["black", { background: [0, 0, 0] as const }],
    ["white", { background: [255, 255, 255] as const }],
    ["grey", { background: [128, 128, 128] as const }],
    ["tiny", { width: 3, height: 2 }],
    ["one pixel", { width: 1, height: 1, background: [90, 80, 70] as const }],
  ])("finds nothing in a %s picture", async (_, options) => {
    expect(await eyes.grounder.ground(paintFrame(options), { phrases: [] })).toEqual([]);
  });

  it.each([
    ["portrait", 480, 640],
    ["wide", 1280, 720],
    ["small", 160, 120],
    ["odd", 333, 251],
  ])("finds the same thing in the same place of a %s picture", async (_, width, height) => {
    // 60 pixels on the canvas' doubled scale, whatever the picture's own.
    const scale = Math.max(width / 640, height / 480);
    const side = Math.round(60 * scale);
    const square = { x: Math.round(width * 0.4), y: Math.round(height * 0.5), side, rgb: RED };

    const found = await eyes.grounder.ground(paintFrame({ width, height, squares: [square] }), { phrases: [] });

    expect(found.map((g) => g.label)).toEqual(["red bag"]);
    expect(Math.abs(((found[0].box.x0 + found[0].box.x1) / 2) * width - square.x - side / 2)).toBeLessThan(6 * scale);
    expect(Math.abs(((found[0].box.y0 + found[0].box.y1) / 2) * height - square.y - side / 2)).toBeLessThan(6 * scale);
  });

  it("runs once for the grounder and the depth estimator, and again for the next picture in the same buffer", async () => {
    const frame = paintFrame({ squares: [BAG] });

    const [first, depth] = await Promise.all([
      eyes.grounder.ground(frame, { phrases: [] }),
      eyes.depth.estimate(frame),
    ]);
    const again = await eyes.grounder.ground(frame, { phrases: [] });
    frame.rgb.fill(0);
    const next = await eyes.grounder.ground({ ...frame, sequence: 2 }, { phrases: [] });

    expect(again).toBe(first);
    expect(depth).toMatchObject({ width: 80, height: 60, source: "model" });
    expect(next).toEqual([]);
  });

  it("lets go of a caller who no longer wants to wait, and serves the next", async () => {
    const abort = new AbortController();
    const call = eyes.grounder.ground(paintFrame({ squares: [BAG] }), { phrases: [], signal: abort.signal });
    abort.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await eyes.grounder.ground(paintFrame({ squares: [ZONE] }), { phrases: [] })).toHaveLength(1);
  });

  it("says what is wrong with a picture whose bytes do not fit its size", async () => {
    const frame = { ...paintFrame(), rgb: new Uint8Array(7) };

    await expect(eyes.grounder.ground(frame, { phrases: [] })).rejects.toThrow(
      /7 bytes for 640 x 480.*expected 921600/,
    );
  });

  it("closes in the middle of a run, twice at once, without waiting callers and without harm", async () => {
    const own = await createOnnxEyes({ modelDir: TINY_EYES });
    const call = own.grounder.ground(paintFrame({ squares: [BAG] }), { phrases: [] });
    const closing = Promise.all([own.grounder.close(), own.depth.close()]);

    await expect(call).rejects.toMatchObject({ code: "model-failed" });
    await expect(closing).resolves.toHaveLength(2);
  });

  it("rejects after it was closed", async () => {
    const closed = await createOnnxEyes({ modelDir: TINY_EYES });
    await closed.close();

    await expect(closed.depth.estimate(paintFrame())).rejects.toMatchObject({ code: "model-failed" });
  });
});

describe("weights that are not what their card says", () => {
  const folders: string[] = [];
  const copyOfTinyEyes = async (): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), "tiny-eyes-"));
    folders.push(folder);
    await cp(TINY_EYES, folder, { recursive: true });
    return folder;
  };
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  });

  it("are refused when a file is missing", async () => {
    const modelDir = await copyOfTinyEyes();
    await rm(join(modelDir, "look.onnx"));

    await expect(createOnnxEyes({ modelDir })).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringMatching(/look\.onnx is expected and cannot be read.*models verify/s),
    });
  });

  it("are refused when the folder has no card", async () => {
    await expect(createOnnxEyes({ modelDir: "/nowhere/eyes" })).rejects.toMatchObject({
      code: "model-missing",
      message: expect.stringContaining("/nowhere/eyes/model.json"),
    });
  });

  it("are refused when one byte differs, with both hashes", async () => {
    const modelDir = await copyOfTinyEyes();
    const bytes = await readFile(join(modelDir, "detector.onnx"));
    bytes[40] ^= 1;
    await writeFile(join(modelDir, "detector.onnx"), bytes);

    await expect(createOnnxEyes({ modelDir })).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(
        /detector\.onnx is damaged: its card says sha256 [0-9a-f]{64}, found [0-9a-f]{64}/,
      ),
    });
  });

  it("are refused when a file is cut short", async () => {
    const modelDir = await copyOfTinyEyes();
    await writeFile(join(modelDir, "detector.onnx"), "not weights");

    await expect(createOnnxEyes({ modelDir })).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(/card says \d+ bytes, found 11/),
    });
  });

  it.each([
    ["no JSON", () => "{", /not what a card must be/],
    ["a path out of the folder", (card: string) => card.replace('"look.onnx"', '"../look.onnx"'), /files/],
    ["other words", (card: string) => card.replaceAll('"bottle"', '"flask"'), /other words than this version.*flask/s],
    ["other inputs", (card: string) => card.replace('["n", 9]', '["n", 3]'), /expected 9 numbers a thing.*says 3/s],
    ["an impossible threshold", (card: string) => card.replace('"nmsIou": 0.55', '"nmsIou": 7'), /nmsIou/],
  ])("are refused when the card has %s", async (_, damage, message) => {
    const modelDir = await copyOfTinyEyes();
    const path = join(modelDir, "model.json");
    await writeFile(path, damage(await readFile(path, "utf8")));

    await expect(createOnnxEyes({ modelDir })).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(message),
    });
  });
});
