import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScene } from "../../../sim/scenes/index.js";
import { takePicture } from "../../../sim/suites/index.js";
import { encodePicture } from "../../adapters/picture/encode-picture.js";
import { createVideoWriter } from "../../adapters/video/index.js";
import type { SkillResponse } from "../../domain/skill/skill-messages.js";
import { loadLaunch } from "../launch/load-launch.js";
import { createSkills } from "./create-skills.js";
import type { SkillService } from "./skill-service.js";

/** The shipped eyes on files, through the service that every way in uses. */
describe("seeing skills on board", () => {
  let folder = "";
  let skills: SkillService;
  const file = (name: string): string => join(folder, name);
  const run = (name: string, input: unknown): Promise<SkillResponse> =>
    skills.run(name, { input }, { signal: new AbortController().signal, from: "local", outDir: join(folder, "out") });
  const output = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
    const response = await run(name, input);
    if (!response.ok) throw new Error(`${response.code}: ${response.message}`);
    return response.output as Record<string, unknown>;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "see-"));
    const { frame } = takePicture(createScene("kitchen", 971_004));
    await writeFile(file("kitchen.jpg"), (await encodePicture(frame, frame)).data);
    const film = await createVideoWriter({ path: file("film.mp4"), width: 640, height: 480, fps: 2 });
    for (let i = 0; i < 3; i++) await film.add(frame.rgb);
    await film.close();
    const plain = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: "#7a7a7a" } });
    await plain(1, 1).png().toFile(file("dot.png"));
    await plain(90, 320).jpeg().toFile(file("upright.jpg"));
    await plain(64, 48).greyscale().toColourspace("b-w").png().toFile(file("grey.png"));
    await plain(12_000, 9_000).png({ compressionLevel: 9 }).toFile(file("huge.png"));
    await writeFile(file("text.jpg"), "not a picture");
    await writeFile(file("empty.jpg"), "");
    const launch = loadLaunch("launch/kitchen-sim.json", [`stateDir=${JSON.stringify(join(folder, "state"))}`]);
    skills = createSkills(launch);
  }, 120_000);
  afterAll(() => skills?.close());

  it("caption, ask and ground agree about a kitchen", { timeout: 120_000 }, async () => {
    const picture = file("kitchen.jpg");

    expect((await output("caption", { picture }))["text"]).toMatch(/yellow lemon/u);
    expect((await output("caption", { picture, language: "zh" }))["text"]).toMatch(/柠檬/u);
    expect(await output("ask", { picture, question: "Is there a yellow lemon?" })).toMatchObject({ value: true });
    expect(await output("ask", { picture, question: "右边的抽屉是开着还是关着？" })).toMatchObject({ value: "ajar" });
    expect(
      await output("ground", { picture, phrases: ["the green bag", "the purple sponge"], masks: true }),
    ).toMatchObject({
      found: [
        { status: "found", things: [{ mask: "mask-1.png" }] },
        { status: "absent", things: [] },
      ],
      calibrated: false,
    });
    expect(await run("ask", { picture, question: "Is there a unicorn?" })).toMatchObject({
      ok: false,
      code: "unsupported",
    });
  });

  it("depth keeps millimetres, colours and points", { timeout: 120_000 }, async () => {
    const response = await run("depth", { picture: file("kitchen.jpg") });
    if (!response.ok) throw new Error(response.message);
    const { width, height, points, source } = response.output as Record<string, number | string>;
    const [png, colors, ply] = response.artefacts;

    expect(response).toMatchObject({ servedBy: "onboard", tried: [{ backend: "camera", code: "unsupported" }] });
    expect(source).toBe("model");
    expect(await sharp(png.path).metadata()).toMatchObject({ width, height, depth: "ushort", channels: 1 });
    expect((await sharp(colors.path).metadata()).width).toBeGreaterThan(Number(width));
    expect((await readFile(ply.path)).toString("latin1", 0, 200)).toContain(`element vertex ${points}\n`);
  });

  it("track follows through a film and leaves one", { timeout: 120_000 }, async () => {
    const response = await run("track", { phrase: "the orange bottle", clip: file("film.mp4"), everyS: 0.5 });
    if (!response.ok) throw new Error(response.message);

    expect(response.output).toMatchObject({ status: "found", pictures: 3, tracks: [{ label: "orange bottle" }] });
    expect(response.artefacts.map(({ name }) => name)).toEqual(["track.mp4"]);
    expect(
      await output("ask", { clip: response.artefacts[0].path, task: "verify", question: "There is an orange bottle." }),
    ).toMatchObject({ supported: true, atS: 0 });
  });

  it.each([
    ["text.jpg", "bad-picture"],
    ["empty.jpg", "bad-picture"],
    ["huge.png", "too-large"],
    ["missing.jpg", "not-found"],
  ])("refuses %s with %s and leaves no files", async (name, code) => {
    for (const [skill, input] of [
      ["caption", {}],
      ["ask", { question: "Is there a mug?" }],
      ["ground", { phrases: "the mug" }],
      ["depth", {}],
    ] as const) {
      expect(await run(skill, { ...input, picture: file(name) })).toMatchObject({ ok: false, code });
    }
  });

  it.each(["dot.png", "upright.jpg", "grey.png"])(
    "looks at %s and makes nothing up",
    { timeout: 120_000 },
    async (name) => {
      const picture = file(name);

      expect(await output("ask", { picture, question: "Is there a mug?" })).toMatchObject({ value: false });
      expect((await output("caption", { picture }))["text"]).toBe("Nothing that I know can be seen.");
      expect(await output("ground", { picture, phrases: "the mug" })).toMatchObject({ found: [{ status: "absent" }] });
      expect((await output("depth", { picture }))["source"]).toBe("model");
    },
  );
});
