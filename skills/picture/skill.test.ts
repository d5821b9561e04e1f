import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { ok, type PictureMaker, type PictureRequest } from "../../src/skill-kit/index.js";
import picture from "./skill.js";

let png: Uint8Array;
let photo: { readonly data: string };
const asBase64 = async (width: number, height: number): Promise<{ readonly data: string }> => {
  const half = sharp({ create: { width, height, channels: 3, background: "#202020" } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: "#e0e0e0" } }, left: 0, top: 0 },
  ]);
  return { data: (await half.png().toBuffer()).toString("base64") };
};
beforeAll(async () => {
  png = await sharp({ create: { width: 24, height: 16, channels: 3, background: "#3080c0" } })
    .png()
    .toBuffer();
  photo = await asBase64(64, 48);
});

function setUp(bytes: Uint8Array = png) {
  const asked: PictureRequest[] = [];
  const context = fakeSkillContext<PictureMaker>({
    make: async (request) => {
      asked.push(request);
      return ok({ bytes, model: "sdxl", seed: 5 });
    },
  });
  return { asked, context };
}

describe("picture", () => {
  it("keeps what was made as a PNG that says that it is generated", async () => {
    const { asked, context } = setUp();

    const result = await picture.run({ prompt: "a mug" }, context);

    expect(result).toMatchObject({ ok: true, value: { width: 24, height: 16, model: "sdxl", seed: 5 } });
    expect(asked[0]).toMatchObject({ width: 1_024, height: 1_024 });
    const [kept] = context.kept;
    expect(kept).toMatchObject({ name: "picture.png", recipe: { generated: true, prompt: "a mug" } });
    expect(await sharp(kept.bytes).metadata()).toMatchObject({ format: "png", width: 24 });
    expect((await sharp(kept.bytes).metadata()).xmp?.toString()).toContain("trainedAlgorithmicMedia");
  });

  it("draws the edges of a photograph on board", async () => {
    const { asked, context } = setUp();

    await picture.run({ prompt: "wood", control: { kind: "edges", picture: photo } }, context);

    const edges = asked[0].control?.picture.rgb ?? new Uint8Array();
    const white = edges.filter((value) => value === 255).length / 3;
    expect(white).toBeGreaterThan(30);
    expect(white).toBeLessThan(100);
  });

  it("takes the size of the picture that is to be changed, in steps of eight", async () => {
    const { asked, context } = setUp();

    await picture.run({ prompt: "blue", picture: await asBase64(100, 60) }, context);

    expect(asked[0]).toMatchObject({ width: 104, height: 64, strength: 0.6 });
  });

  it("refuses a mask of another size, a mask alone, and what is no picture", async () => {
    const { asked, context } = setUp();

    expect(await picture.run({ prompt: "x", picture: photo, mask: await asBase64(8, 8) }, context)).toMatchObject({
      code: "bad-mask",
    });
    expect(await picture.run({ prompt: "x", mask: photo }, context)).toMatchObject({ code: "bad-mask" });
    expect(await picture.run({ prompt: "x", picture: { data: "aGVsbG8=" } }, context)).toMatchObject({
      code: "bad-picture",
    });
    expect(asked).toEqual([]);
  });

  it("keeps nothing of an answer that is no picture", async () => {
    const { context } = setUp(Buffer.from("<!doctype html>"));

    expect(await picture.run({ prompt: "x" }, context)).toMatchObject({ ok: false, code: "bad-answer" });
    expect(context.kept).toEqual([]);
  });
});
