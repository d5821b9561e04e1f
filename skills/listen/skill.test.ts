import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tone } from "../../test/support/audio-files.js";
import { fakeSkillContext } from "../../test/support/skill-context.js";
import { fail, ok, type SoundEvent, type SoundListener } from "../../src/skill-kit/index.js";
import listen from "./skill.js";

const sounds = { "bell.wav": tone({ seconds: 2 }) };
const listener = (events: readonly SoundEvent[] = []): SoundListener => ({
  caption: async (_sound, { language }) => ok(language === "zh" ? "铃声。" : "A bell."),
  ask: async (_sound, question) =>
    question === "Why?" ? fail("unsupported", "no idea") : ok(`To "${question}": yes.`),
  events: async (_sound, { labels }) => ok(labels === undefined ? events : labels.map((label) => ({ label }))),
});
const run = (input: object, events?: readonly SoundEvent[]) =>
  listen.run({ sound: "bell.wav", ...input }, fakeSkillContext(listener(events), { sounds }));

describe("listen", () => {
  it("gives a caption, and what it measured itself", async () => {
    expect(await run({})).toEqual({
      ok: true,
      value: {
        text: "A bell.",
        facts: {
          durationS: 2,
          loudnessDbfs: expect.closeTo(-13.5, 1),
          peakDbfs: expect.closeTo(-10.5, 1),
          silentShare: 0,
        },
      },
    });
    expect(await run({ language: "zh" })).toMatchObject({ value: { text: "铃声。" } });
  });

  it("passes on questions, and needs one to ask", async () => {
    expect(await run({ do: "ask", question: "Is it a bell?" })).toMatchObject({
      value: { text: 'To "Is it a bell?": yes.' },
    });
    expect(await run({ do: "ask", question: "Why?" })).toMatchObject({ ok: false, code: "unsupported" });
    expect(await run({ do: "ask" })).toMatchObject({ ok: false, code: "no-question" });
  });

  it("lists events in words and as data", async () => {
    const events = [{ label: "bell", score: 0.8, startS: 0.5, endS: 1 }, { label: "wind" }];

    expect(await run({ do: "events" }, events)).toMatchObject({
      value: { text: "0.5–1.0 s  bell  0.80\nwind", events },
    });
    expect(await run({ do: "events" })).toMatchObject({ value: { text: "Nothing stands out.", events: [] } });
    expect(await run({ do: "events", labels: ["dog", "cat"] })).toMatchObject({ value: { text: "dog\ncat" } });
  });

  it.each([{ do: "sing" }, { do: "events", labels: [] }, { language: "fi" }, { do: "ask", question: "" }])(
    "refuses %j",
    async (input) => {
      expect(await run(input)).toMatchObject({ ok: false, code: "bad-input" });
    },
  );

  describe("with files", () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "handeye-listen-"));
      await writeFile(join(folder, "zero.wav"), "");
      await writeFile(join(folder, "text.wav"), "not a sound");
    });
    afterAll(() => rm(folder, { recursive: true }));

    it.each(["zero.wav", "text.wav"])("refuses %s", async (name) => {
      expect(await run({ sound: join(folder, name) })).toMatchObject({ ok: false, code: "bad-sound" });
    });
  });
});
