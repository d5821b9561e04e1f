import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RECORDING, startGptSovitsServer } from "../../../test/support/servers/gpt-sovits-server.js";
import { startMeloTtsServer } from "../../../test/support/servers/melotts-server.js";
import type { SoundServer, SoundStep } from "../../../test/support/servers/sound-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { speechLink } from "../../../test/support/speech-link.js";
import type { LinkOptions } from "../model-link/index.js";
import { createGptSovitsSpeaker, type GptSovitsSpeakerOptions } from "./create-gpt-sovits-speaker.js";
import { createMeloTtsSpeaker } from "./create-melotts-speaker.js";

const KEY = "sk-7c2e-NOT-for-logs";
const idle = { signal: new AbortController().signal };
const VOICE = {
  consent: { who: "Ann", when: "2026-03-01", what: "The robot may speak with my voice." },
  refAudioPath: RECORDING,
  promptText: "Good morning.",
  promptLanguage: "en",
};

const ownVoice = (link: Omit<LinkOptions, "model">, more: Partial<GptSovitsSpeakerOptions> = {}) =>
  createGptSovitsSpeaker({ ...link, ...VOICE, ...more });

let server: SoundServer;
afterEach(() => server.close());

describe("MeloTTS", () => {
  beforeEach(async () => {
    server = await startMeloTtsServer();
  });

  it("gets text, the language's model and speaker, and the tempo, and its WAV is read whatever it is labelled", async () => {
    const melo = createMeloTtsSpeaker({ ...speechLink(server.baseUrl), voices: { en: "EN-BR" }, speed: 1.2 });

    const english = await melo.speak("The drawer is open.", { ...idle, language: "en-GB" });
    await melo.speak("抽屉开了。", { ...idle, language: "zh-CN" });
    await melo.speak("Listo.", { ...idle, language: "es" });

    expect(english).toMatchObject({ ok: true, value: { sampleRateHz: 44_100 } });
    expect(server.requests.map(({ body }) => body)).toEqual([
      { text: "The drawer is open.", language: "EN", speaker_id: "EN-BR", speed: 1.2 },
      { text: "抽屉开了。", language: "ZH", speaker_id: "ZH", speed: 1.2 },
      { text: "Listo.", language: "ES", speaker_id: "ES", speed: 1.2 },
    ]);
  });

  it("lists its speakers when it is asked for another, and reports one that is set up wrongly", async () => {
    const melo = createMeloTtsSpeaker(speechLink(server.baseUrl));
    const wrong = createMeloTtsSpeaker({ ...speechLink(server.baseUrl), voices: { en: "nobody" } });

    expect(await melo.speak("Hello.", { ...idle, voice: "nobody" })).toMatchObject({
      ok: false,
      code: "unknown-voice",
      message: expect.stringContaining("EN-AU"),
    });
    expect(await wrong.speak("Hello.", idle)).toMatchObject({ ok: false, code: "model-failed" });
  });

  it("says what to check when the path is another one", async () => {
    const melo = createMeloTtsSpeaker({ ...speechLink(server.baseUrl), path: "/speak" });

    const result = await melo.speak("Hello.", idle);

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
    expect(!result.ok && result.message).toContain("Check baseUrl, path and voices.");
  });
});

describe("GPT-SoVITS", () => {
  beforeEach(async () => {
    server = await startGptSovitsServer();
  });

  it("gets the text with the recording and its words, and answers whole, not streamed", async () => {
    const result = await ownVoice(speechLink(server.baseUrl)).speak("抽屉 is open.", { ...idle, language: "zh-CN" });

    expect(result).toMatchObject({ ok: true, value: { sampleRateHz: 32_000 } });
    expect(server.requests[0].body).toEqual({
      text: "抽屉 is open.",
      text_lang: "zh",
      ref_audio_path: RECORDING,
      prompt_text: "Good morning.",
      prompt_lang: "en",
      speed_factor: 1,
      media_type: "wav",
      streaming_mode: false,
    });
  });

  it("tells what the server says of a recording that it does not have, and where the recording must be", async () => {
    const result = await ownVoice(speechLink(server.baseUrl), { refAudioPath: "gone.wav" }).speak("Hello.", idle);

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
    expect(!result.ok && result.message).toMatch(/HTTP 400\): "tts failed".*refAudioPath: a file of 3 to 10 s/);
  });

  it("speaks Cantonese for Hong Kong", async () => {
    await ownVoice(speechLink(server.baseUrl)).speak("你好", { ...idle, language: "zh-HK" });

    expect(server.requests[0].body).toMatchObject({ text_lang: "yue" });
  });

  it("is not made for another recording than the one that was consented to, or in a language that it lacks", () => {
    const consent = { ...VOICE.consent, recording: "voices/ann-2.wav" };

    expect(() => ownVoice(speechLink(server.baseUrl), { consent })).toThrow(/for the recording voices\/ann-2.wav/);
    expect(() => ownVoice(speechLink(server.baseUrl), { promptLanguage: "fi" })).toThrow(/found promptLanguage "fi"/);
  });
});

describe.each([
  ["melotts", startMeloTtsServer, (link: Omit<LinkOptions, "model">) => createMeloTtsSpeaker(link)],
  ["gpt-sovits", startGptSovitsServer, (link: Omit<LinkOptions, "model">) => ownVoice(link)],
] as const)("when the %s server fails", (_, start, create) => {
  beforeEach(async () => {
    server = await start();
  });

  const DOWN: SoundStep = { status: 500, body: { detail: "out of memory" } };
  it.each([
    [[{ status: 401, body: { detail: `no such key ${KEY}` } }], "unauthorized"],
    [[DOWN, DOWN], "model-failed"],
    [["html"], "model-failed"],
    [["half-a-wav"], "model-failed"],
    [["cut", "cut"], "link-lost"],
  ] as const)("%j is %s, without the key in the message", async (steps, code) => {
    server.will(...steps);

    const result = await create({ ...speechLink(server.baseUrl), apiKey: KEY }).speak("Hello.", idle);

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
    expect(server.requests[0].key).toBe(KEY);
  });

  it("tries again after an error in passing", async () => {
    server.will(DOWN, "sound");

    expect(await create(speechLink(server.baseUrl)).speak("Hello.", idle)).toMatchObject({ ok: true });
  });

  it("gives up on one that never answers, once its time is over", async () => {
    server.will("slow");
    const time = createVirtualTime({ holdFromMs: 20_000 });
    const call = create(speechLink(server.baseUrl, time)).speak("Hello.", idle);
    await time.untilRunning(1);
    time.elapse(20_000);

    expect(await call).toMatchObject({ ok: false, code: "timeout" });
  });
});
