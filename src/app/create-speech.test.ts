import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMeloTtsServer } from "../../test/support/servers/melotts-server.js";
import { createSpeaker, createTranscriber } from "./create-speech.js";
import { launchSchema, type Launch } from "./launch/launch-schema.js";
import { createVoice } from "./voice.js";

const launch = (speech: object, more: object = {}): Launch =>
  launchSchema.parse({ robot: { type: "sim" }, speech, ...more });
const SERVER = { type: "openai-compatible", baseUrl: "https://api.example.com/v1" };

describe("ears and voice of a launch file", () => {
  it("are on board when nothing is said about them", () => {
    const { speech } = launchSchema.parse({ robot: { type: "sim" } });

    expect(speech).toMatchObject({ transcriber: { type: "onboard" }, speaker: { type: "flite", voice: "slt" } });
  });

  it("send nothing off the machine when offline is set", async () => {
    await expect(createTranscriber(launch({ transcriber: SERVER }, { offline: true }))).rejects.toMatchObject({
      code: "bad-launch-file",
    });
    await expect(createSpeaker(launch({ speaker: SERVER }, { offline: true }))).rejects.toMatchObject({
      code: "bad-launch-file",
    });
    const local = { ...SERVER, baseUrl: "http://127.0.0.1:8000/v1" };
    expect(await createTranscriber(launch({ transcriber: local }, { offline: true }))).toMatchObject({
      leavesMachine: false,
    });
  });

  it("take their key from the variable that is named, and say so when it is not set", async () => {
    const wanted = launch({ transcriber: { ...SERVER, apiKeyEnv: "EARS_KEY" } });

    await expect(createTranscriber(wanted, { env: {} })).rejects.toThrow(/EARS_KEY, which is not set/);
    expect(await createTranscriber(wanted, { env: { EARS_KEY: "k" } })).toMatchObject({ leavesMachine: true });
  });

  it("speak with espeak-ng where it is asked for", async () => {
    expect(await createSpeaker(launch({ speaker: { type: "espeak-ng" } }))).toMatchObject({ name: "espeak-ng" });
  });

  it("hear with a pulled Whisper, and never fetch one", async () => {
    const wanted = launch({ transcriber: { type: "whisper", modelDir: "whisper-none" } });

    await expect(createTranscriber(wanted)).rejects.toMatchObject({ code: "model-missing" });
  });

  it("refuse edge-tts when offline is set, also where it is only the second choice", async () => {
    const wanted = launch({ speaker: [{ type: "flite" }, { type: "edge-tts" }] }, { offline: true });

    await expect(createSpeaker(wanted)).rejects.toThrow(/send what is said to Microsoft's read-aloud service/);
  });
});

describe("a person's own voice", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "handeye-consent-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const wanted = (more: object) => ({ type: "gpt-sovits", refAudioPath: "voices/ann.wav", ...more });

  it("is refused without a consent, whoever stands after it in the list", async () => {
    const parsed = launchSchema.safeParse({ robot: { type: "sim" }, speech: { speaker: wanted({}) } });
    const gone = launch({ speaker: [wanted({ consent: join(folder, "none.json") }), { type: "flite" }] });
    const empty = join(folder, "empty.json");
    writeFileSync(empty, "{}");

    expect(parsed.success).toBe(false);
    await expect(createSpeaker(gone)).rejects.toMatchObject({ code: "bad-launch-file" });
    await expect(createSpeaker(launch({ speaker: wanted({ consent: empty }) }))).rejects.toThrow(/recorded consent/);
  });

  it("is taken with one", async () => {
    const consent = join(folder, "ann.json");
    writeFileSync(consent, JSON.stringify({ who: "Ann", when: "2026-03-01", what: "Speak with my voice." }));

    const speaker = await createSpeaker(launch({ speaker: wanted({ consent }) }));

    expect(speaker).toMatchObject({ name: "gpt-sovits", leavesMachine: false });
  });
});

describe("the voice of a robot that stays up", () => {
  it("passes Chinese on to who can, names who spoke, and is silent with one note where nobody can", async () => {
    const { signal } = new AbortController();
    const melo = await startMeloTtsServer();
    const notes: string[] = [];
    const onNote = (_: string, text: string) => notes.push(text);
    const speaker = [{ type: "flite" }, { type: "melotts", baseUrl: melo.baseUrl }];
    const both = createVoice(launch({ speaker }), { onNote });
    const alone = createVoice(launch({ speaker: { type: "flite" } }), { onNote });
    try {
      const spoken = [await both.speak("抽屉开了。", { signal }), await both.speak("Done.", { signal })];
      const silent = [await alone.speak("抽屉开了。", { signal }), await alone.speak("完成。", { signal })];

      expect(spoken.map((each) => each.ok && each.value.speaker)).toEqual(["melotts", "flite"]);
      expect(silent).toMatchObject([{ code: "unsupported-language" }, { code: "unsupported-language" }]);
      expect(notes).toEqual([
        expect.stringContaining('melotts speaks "zh" from now on. flite: flite speaks English only'),
        expect.stringContaining('Nobody speaks "zh"; it stays unsaid.'),
      ]);
    } finally {
      await Promise.all([both.close(), alone.close(), melo.close()]);
    }
  });

  it("is missing, with one note of the reason, where it may not be used, and closes all the same", async () => {
    const { signal } = new AbortController();
    const notes: string[] = [];
    const wanted = launch({ speaker: { type: "edge-tts" } }, { offline: true });
    const voice = createVoice(wanted, { onNote: (level, text) => notes.push(`${level}: ${text}`) });

    const said = [await voice.speak("One.", { signal }), await voice.speak("Two.", { signal })];
    await voice.close();

    expect(said).toMatchObject([{ code: "unsupported" }, { code: "unsupported" }]);
    expect(notes).toEqual([expect.stringMatching(/^warning: The robot has no voice\. .*offline is set/)]);
  });
});
