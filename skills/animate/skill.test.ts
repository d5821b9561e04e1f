import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { ok, type AnimationRequest, type Animator } from "../../src/skill-kit/index.js";
import animate from "./skill.js";

let picture: { readonly data: string };
beforeAll(async () => {
  const made = sharp({ create: { width: 16, height: 16, channels: 3, background: "#3080c0" } });
  picture = { data: (await made.png().toBuffer()).toString("base64") };
});
const clip = { data: Buffer.from("\0\0\0\x18ftypisom....").toString("base64") };
const seconds = (count: number) => ({ samples: new Float32Array(count * 16_000).fill(0.1), sampleRateHz: 16_000 });

function setUp(consent?: string) {
  const asked: AnimationRequest[] = [];
  const backend: Animator = {
    ...(consent === undefined ? {} : { consent }),
    animate: async (request) => {
      asked.push(request);
      return ok({
        bytes: Buffer.from("mp4"),
        model: "s2v",
        resumed: false,
        durationS: 1,
        frames: 17,
        width: 832,
        height: 480,
        hasSound: true,
      });
    },
  };
  return {
    asked,
    context: fakeSkillContext(backend, { sounds: { "speech.wav": seconds(1), "long.wav": seconds(11) } }),
  };
}

describe("animate", () => {
  it("asks for a person's consent before their picture leaves, whatever is made of it", async () => {
    const { asked, context } = setUp();

    expect(await animate.run({ do: "talk", picture, sound: "speech.wav" }, context)).toMatchObject({
      code: "consent-needed",
    });
    expect(await animate.run({ do: "follow", picture, clip, subject: "person" }, context)).toMatchObject({
      code: "consent-needed",
    });
    expect(asked).toEqual([]);
  });

  it("writes a person's consent into what says how the video was made", async () => {
    const { context } = setUp("Ada agreed on 2026-03-01: my picture may greet visitors");

    const result = await animate.run({ do: "talk", picture, sound: "speech.wav" }, context);

    expect(result).toMatchObject({ ok: true, value: { subject: expect.stringContaining("Ada agreed") } });
    expect(context.kept[0].recipe).toMatchObject({ generated: true, subject: expect.stringContaining("Ada agreed") });
  });

  it("takes the caller's word that no person is in it, and writes that down", async () => {
    const { asked, context } = setUp();

    const result = await animate.run({ do: "follow", picture, clip, subject: "no-person" }, context);

    expect(result).toMatchObject({ ok: true, value: { file: "animated.mp4", frames: 17 } });
    expect(asked[0]).toMatchObject({ do: "follow", width: 832, height: 480 });
    expect(context.kept[0].recipe).toMatchObject({ subject: "no person, on the caller's word" });
  });

  it.each([
    [{ do: "talk", sound: "long.wav" }, "too-large"],
    [{ do: "talk", sound: "nowhere.wav" }, "not-found"],
    [{ do: "follow", clip: { data: "aGVsbG8=" } }, "bad-clip"],
    [{ do: "talk", sound: "speech.wav", width: 833 }, "bad-input"],
  ])("refuses %o as %s", async (input, code) => {
    const { asked, context } = setUp();

    expect(await animate.run({ picture, subject: "no-person", ...input }, context)).toMatchObject({ ok: false, code });
    expect(asked).toEqual([]);
  });
});
