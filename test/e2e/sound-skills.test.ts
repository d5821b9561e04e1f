import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SkillResponse } from "../../src/domain/skill/skill-messages.js";
import { toneWav } from "../support/audio-files.js";
import { readWavMedia } from "../support/read-media.js";
import { runCli, type CliRun } from "../support/run-cli.js";
import { startAudioChatServer } from "../support/servers/audio-chat-server.js";
import { startSpeechServer } from "../support/servers/speech-server.js";
import { startVllmOmniAudioServer } from "../support/servers/vllm-omni-audio-server.js";

let folder: string;
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "handeye-cli-sound-"));
  writeFileSync(path("bell.wav"), toneWav({ seconds: 2 }));
  writeFileSync(path("zero.wav"), "");
  writeFileSync(path("text.wav"), "Dear diary");
  const head = toneWav({ seconds: 0.001 }).subarray(0, 44);
  new DataView(head.buffer).setUint32(40, 4 * 3600 * 32_000, true);
  writeFileSync(path("opera.wav"), head);
  truncateSync(path("opera.wav"), 44 + 4 * 3600 * 32_000);
});
afterAll(() => rmSync(folder, { recursive: true }));

const closing: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});
const using = <T extends { close(): Promise<unknown> }>(server: T): T => (closing.push(server), server);

const skill = (name: string, input: object, ...more: string[]): Promise<CliRun> =>
  runCli(["skill", name, "--input", JSON.stringify(input), "--json", ...more]);
function responseOf({ stdout }: CliRun): SkillResponse {
  const { event, ...response } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as SkillResponse & {
    event: string;
  };
  expect(event).toBe("skill-end");
  return response;
}

describe("handeye skill, for sound", () => {
  it("speaks, hears what it spoke, and listens to it, with nothing but what is in a clone", async () => {
    const spoken = await skill("speak", { text: "open the left drawer" }, "--out", path("said"));

    expect(spoken.code).toBe(0);
    expect(readWavMedia(readFileSync(path("said/speech.wav")))).toMatchObject({
      isSilent: false,
      sampleRateHz: 16_000,
      info: { ISFT: "Handeye", ICMT: expect.stringContaining("Synthetic speech") },
    });
    expect(readdirSync(path("said")).sort()).toEqual(["speech.wav", "speech.wav.recipe.json"]);
    const heard = await runCli(["skill", "hear", "--input", JSON.stringify({ sound: path("said/speech.wav") })]);
    expect(heard.code).toBe(0);
    expect(heard.stdout).toMatch(/^open the left drawer\n.*^note: .*commands in English and Chinese.*\nby onboard/ms);
    expect(responseOf(await skill("listen", { sound: path("said/speech.wav"), do: "events" }))).toMatchObject({
      ok: true,
      output: { events: [{ label: "speech" }] },
    });
  });

  it.each([
    ["a file of no bytes", "hear", { sound: "zero.wav" }, "bad-sound", 2],
    ["a text", "hear", { sound: "text.wav" }, "bad-sound", 2],
    ["no file", "hear", { sound: "none.wav" }, "not-found", 2],
    ["four hours", "hear", { sound: "opera.wav" }, "too-large", 2],
    ["a tone", "hear", { sound: "bell.wav" }, "nothing-said", 1],
    ["a file of no bytes", "listen", { sound: "zero.wav" }, "bad-sound", 2],
    ["a hard question", "listen", { sound: "bell.wav", do: "ask", question: "Why?" }, "unsupported", 1],
    ["another voice", "speak", { text: "Hello.", voice: "nova" }, "unknown-voice", 2],
    ["another language", "speak", { text: "Hello.", language: "qq" }, "unsupported-language", 2],
    ["a book", "speak", { text: "a".repeat(5_001) }, "bad-input", 2],
    ["an hour of music", "music", { prompt: "a waltz", durationS: 3_600 }, "bad-input", 2],
  ])("answers %s for %s with a code, and leaves no file", async (_, name, input, code, exit) => {
    const given = "sound" in input && input.sound !== undefined ? { ...input, sound: path(input.sound) } : input;
    const out = path(`none-of-${code}`);

    const run = await skill(name, given, "--out", out);

    expect(responseOf(run)).toMatchObject({ ok: false, code });
    expect(run.code).toBe(exit);
    expect(existsSync(out)).toBe(false);
  });

  it("says so when the disk does not take the file", async () => {
    const run = await skill("speak", { text: "Hello." }, "--out", path("bell.wav"));

    expect(responseOf(run)).toMatchObject({ ok: false, code: "recording-failed" });
    expect(readWavMedia(readFileSync(path("bell.wav"))).durationS).toBe(2);
  });

  it("has servers do the work, each skill by its dialect", async () => {
    const [speech, chat, omni] = [
      using(await startSpeechServer()),
      using(await startAudioChatServer()),
      using(await startVllmOmniAudioServer()),
    ];
    speech.will({ speak: "tone" }, { text: "Good morning." });
    chat.will({ reply: "A bell rings." });
    const set = (name: string, entry: object): string => `skills.${name}.backends=${JSON.stringify(entry)}`;
    const server = { type: "openai-compatible", baseUrl: speech.baseUrl };

    const [said, told, made] = await Promise.all([
      skill("speak", { text: "Hi." }, "--out", path("a"), "--set", set("speak", { ...server, voice: "af_heart" })),
      skill(
        "listen",
        { sound: path("bell.wav") },
        "--set",
        set("listen", { ...server, baseUrl: chat.baseUrl, model: "q" }),
      ),
      skill(
        "music",
        { prompt: "a bell", durationS: 2 },
        "--out",
        path("b"),
        "--set",
        set("music", { type: "vllm-omni", baseUrl: omni.baseUrl }),
      ),
    ]);

    const heard = await skill("hear", { sound: path("bell.wav") }, "--set", set("hear", server));

    expect(responseOf(said)).toMatchObject({ ok: true, output: { voice: "af_heart", durationS: 0.5 } });
    expect(responseOf(heard)).toMatchObject({ ok: true, output: { text: "Good morning." } });
    expect(responseOf(told)).toMatchObject({ ok: true, output: { text: "A bell rings." } });
    expect(responseOf(made)).toMatchObject({ ok: true, output: { durationS: 2 } });
    expect(readWavMedia(readFileSync(path("b/music.wav")))).toMatchObject({ durationS: 2, isSilent: false });
    expect(JSON.parse(readFileSync(path("b/music.wav.recipe.json"), "utf8"))).toMatchObject({
      recipe: { generated: true },
    });
  });
});
