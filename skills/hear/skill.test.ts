import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stereoWav, tone, toneWav } from "../../test/support/audio-files.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { durationOf, fail, ok, type Sound, type SoundHearer } from "../../src/skill-kit/index.js";
import hear from "./skill.js";

/** Answers in turn; the last one again and again. Keeps how long and how loud each sound was. */
function hearer(...answers: Awaited<ReturnType<SoundHearer["transcribe"]>>[]) {
  const heard: { readonly seconds: number; readonly language?: string }[] = [];
  const backend: SoundHearer = {
    transcribe: async (sound, { language }) => {
      heard.push({ seconds: durationOf(sound), ...(language === undefined ? {} : { language }) });
      return answers[Math.min(heard.length, answers.length) - 1];
    },
  };
  return { backend, heard };
}

/** Bursts of tone at these seconds, each three seconds long, in silence. */
function bursts(seconds: number, at: readonly number[]): Sound {
  const rate = 8_000;
  const samples = new Float32Array(seconds * rate);
  for (const start of at) samples.set(tone({ seconds: 3, sampleRateHz: rate }).samples, start * rate);
  return { samples, sampleRateHz: rate };
}

let folder: string;
const path = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "handeye-hear-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("hear", () => {
  it("gives a short sound to the back end as it is", async () => {
    const { backend, heard } = hearer(ok({ text: "open the drawer", confidence: 0.9, language: "en" }));
    const sounds = { "order.wav": tone({ seconds: 2 }) };

    const result = await hear.run({ sound: "order.wav", language: "en-GB" }, fakeSkillContext(backend, { sounds }));

    expect(heard).toEqual([{ seconds: 2, language: "en-GB" }]);
    expect(result).toEqual({
      ok: true,
      value: {
        text: "open the drawer",
        language: "en",
        confidence: 0.9,
        durationS: 2,
        segments: [{ startS: 0, endS: 2, text: "open the drawer", confidence: 0.9 }],
      },
    });
  });

  it("cuts a long sound at its pauses, and says when each part was said, and how sure the worst is", async () => {
    const { backend, heard } = hearer(
      ok({ text: "One.", confidence: 0.9, language: "zh" }),
      ok({ text: "Two.", confidence: 0.6, language: "en" }),
      ok({ text: "Three.", confidence: 0.8, language: "en" }),
    );
    const sounds = { "long.wav": bursts(90, [10, 40, 80]) };
    const context = fakeSkillContext(backend, { sounds });

    const result = await hear.run({ sound: "long.wav" }, context);

    expect(heard).toHaveLength(3);
    expect(heard.every(({ seconds }) => seconds > 3 && seconds < 4)).toBe(true);
    expect(result).toMatchObject({ ok: true, value: { text: "One.\nTwo.\nThree.", language: "en", confidence: 0.6 } });
    const starts = result.ok ? result.value.segments.map(({ startS }) => startS) : [];
    expect(starts).toEqual([9.75, 39.75, 79.75].map((at) => expect.closeTo(at, 1) as number));
    expect(context.progressed.map(({ fraction }) => fraction)).toEqual([1 / 3, 2 / 3, 1]);
  });

  it("goes on behind a stretch that it does not understand, and says where that was", async () => {
    const { backend } = hearer(
      fail("not-understood", "mumbling"),
      fail("nothing-said", "a bell"),
      ok({ text: "Three." }),
    );
    const sounds = { "long.wav": bursts(90, [10, 40, 80]) };

    const result = await hear.run({ sound: "long.wav" }, fakeSkillContext(backend, { sounds }));

    expect(result).toMatchObject({
      ok: true,
      value: { text: "Three.", unclear: [{ startS: expect.closeTo(9.75, 1) }] },
    });
  });

  it.each([
    [fail("not-understood", "mumbling"), "not-understood"],
    [fail("nothing-said", "a bell"), "nothing-said"],
    [fail("link-lost", "no server"), "link-lost"],
  ])("fails as the back end does: %j", async (answer, code) => {
    const sounds = { "long.wav": bursts(40, [10, 30]), "short.wav": tone({ seconds: 1 }) };

    for (const sound of Object.keys(sounds)) {
      const context = fakeSkillContext(hearer(answer).backend, { sounds });
      expect(await hear.run({ sound }, context)).toMatchObject({ ok: false, code });
    }
  });

  it("asks nobody about long silence", async () => {
    const { backend, heard } = hearer(ok({ text: "Thanks for watching!" }));
    const sounds = { "silence.wav": bursts(60, []) };

    expect(await hear.run({ sound: "silence.wav" }, fakeSkillContext(backend, { sounds }))).toMatchObject({
      ok: false,
      code: "nothing-said",
    });
    expect(heard).toEqual([]);
  });

  it("tells what to know about whoever heard it", async () => {
    const { backend } = hearer(ok({ text: "stop" }));
    const sounds = { "a.wav": tone({ seconds: 1 }) };
    const context = fakeSkillContext({ ...backend, note: "Commands only." }, { sounds });

    expect(await hear.run({ sound: "a.wav" }, context)).toMatchObject({ value: { note: "Commands only." } });
  });

  it("takes 48 kHz stereo, by path and as bytes", async () => {
    const wav = stereoWav({ seconds: 1, sampleRateHz: 48_000 });
    await writeFile(path("stereo.wav"), wav);
    const { backend, heard } = hearer(ok({ text: "stop" }));

    for (const sound of [path("stereo.wav"), { data: Buffer.from(wav).toString("base64") }])
      expect(await hear.run({ sound }, fakeSkillContext(backend))).toMatchObject({ ok: true });
    expect(heard).toEqual([{ seconds: 1 }, { seconds: 1 }]);
  });

  it.each([
    ["zero.wav", "", "bad-sound"],
    ["text.wav", "Dear diary, today the robot spoke.", "bad-sound"],
    ["half.wav", toneWav({ seconds: 2 }).subarray(0, 20_000), "bad-sound"],
    ["head.wav", toneWav({ seconds: 2 }).subarray(0, 30), "bad-sound"],
  ])("refuses %s", async (name, content, code) => {
    await writeFile(path(name), content);
    const { backend, heard } = hearer(ok({ text: "stop" }));

    expect(await hear.run({ sound: path(name) }, fakeSkillContext(backend))).toMatchObject({ ok: false, code });
    expect(await hear.run({ sound: path("none.wav") }, fakeSkillContext(backend))).toMatchObject({ code: "not-found" });
    expect(heard).toEqual([]);
  });

  it("refuses three hours and a second by the head of the file, without reading it", async () => {
    // A hole in the file: nothing is on the disk but the head.
    const seconds = 3 * 3600 + 1;
    const file = await open(path("opera.wav"), "w");
    const head = toneWav({ seconds: 0.001 }).subarray(0, 44);
    new DataView(head.buffer).setUint32(40, seconds * 32_000, true);
    await file.write(head);
    await file.truncate(44 + seconds * 32_000);
    await file.close();
    const memoryBefore = process.memoryUsage().rss;

    const result = await hear.run({ sound: path("opera.wav") }, fakeSkillContext(hearer(ok({ text: "La" })).backend));

    expect(result).toMatchObject({ ok: false, code: "too-large", message: expect.stringContaining("180") });
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100e6);
  });
});
