import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSpeechServer, type SpeechServer } from "../../../test/support/servers/speech-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import type { LinkOptions } from "../model-link/index.js";
import { createOpenAiSpeaker } from "./create-openai-speaker.js";
import { createOpenAiTranscriber } from "./create-openai-transcriber.js";

const KEY = "sk-4b1d-NOT-for-logs";
const idle = { signal: new AbortController().signal };
const SOUND = {
  samples: Float32Array.from({ length: 48_000 }, (_, i) => 0.2 * Math.sin(i / 20)),
  sampleRateHz: 48_000,
};

let server: SpeechServer;
beforeEach(async () => {
  server = await startSpeechServer();
});
afterEach(() => server.close());

const link = (): LinkOptions => ({
  baseUrl: server.baseUrl,
  model: "whisper-1",
  apiKey: KEY,
  timeoutMs: 20_000,
  maxRetries: 1,
  fetch: globalThis.fetch,
  delay: createVirtualTime({ holdFromMs: 20_000 }).delay,
  random: createRandom(1),
});

describe("the transcriber behind an OpenAI-compatible server", () => {
  it("sends one second of 16 kHz sound with model, language and key, and returns what was said", async () => {
    server.will({ text: " Take the green bag. ", language: "english" });

    const result = await createOpenAiTranscriber(link()).transcribe(SOUND, { ...idle, language: "en-GB" });

    expect(result).toEqual({ ok: true, value: { text: "Take the green bag.", language: "english" } });
    expect(server.requests).toEqual([
      {
        path: "/v1/audio/transcriptions",
        key: KEY,
        fields: { model: "whisper-1", response_format: "json", language: "en" },
        sound: { seconds: 1, sampleRateHz: 16_000 },
      },
    ]);
  });

  it("says that nothing was said, and does not bother the server with silence", async () => {
    server.will({ text: "  " });
    const transcriber = createOpenAiTranscriber(link());

    expect(await transcriber.transcribe(SOUND, idle)).toMatchObject({ ok: false, code: "nothing-said" });
    const silence = { samples: new Float32Array(16_000), sampleRateHz: 16_000 };
    expect(await transcriber.transcribe(silence, idle)).toMatchObject({ ok: false, code: "nothing-said" });
    const nothing = { samples: new Float32Array(), sampleRateHz: 16_000 };
    expect(await transcriber.transcribe(nothing, idle)).toMatchObject({ ok: false, code: "bad-sound" });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [[{ status: 401, message: "Incorrect API key" }], "unauthorized"],
    [[{ status: 404, message: "no such model" }], "unsupported"],
    [[{ status: 400, message: "audio too short" }], "unsupported"],
    [[{ cut: true }, { cut: true }], "link-lost"],
    [
      [
        { status: 500, message: "out of memory" },
        { status: 500, message: "out of memory" },
      ],
      "model-failed",
    ],
  ] as const)("turns %j into %s, without the key in the message", async (steps, code) => {
    server.will(...steps);

    const result = await createOpenAiTranscriber(link()).transcribe(SOUND, idle);

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it("tries again when the server was only busy", async () => {
    server.will({ status: 503, message: "loading" }, { text: "stop" });

    expect(await createOpenAiTranscriber(link()).transcribe(SOUND, idle)).toMatchObject({ ok: true });
  });

  it("rejects when it is called off, and says whether sound leaves the machine", async () => {
    server.will({ silent: true });
    const off = new AbortController();
    const transcriber = createOpenAiTranscriber(link());
    const call = transcriber.transcribe(SOUND, { signal: off.signal });
    off.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(transcriber.leavesMachine).toBe(false);
    expect(createOpenAiTranscriber({ ...link(), baseUrl: "https://api.example.com/v1" }).leavesMachine).toBe(true);
  });
});

describe("the speaker behind an OpenAI-compatible server", () => {
  const speaker = () => createOpenAiSpeaker({ ...link(), model: "tts-1", voice: "alloy" });

  it("asks for a WAV file in a voice, and returns its sound", async () => {
    server.will({ speak: "tone" });

    const result = await speaker().speak("The drawer is open.", { ...idle, voice: "nova" });

    expect(result.ok && result.value.samples.length).toBe(12_000);
    expect(result.ok && result.value.sampleRateHz).toBe(24_000);
    expect(server.requests[0]).toEqual({
      path: "/v1/audio/speech",
      key: KEY,
      fields: { model: "tts-1", voice: "nova", input: "The drawer is open.", response_format: "wav" },
    });
  });

  it("lists the server's voices when it is asked for another", async () => {
    server.hasVoices("af_heart", "zf_xiaobei");
    server.will({ status: 400, message: "Voice nova not found" }, { status: 400, message: "input too long" });

    expect(await speaker().speak("Hello.", { ...idle, voice: "nova" })).toMatchObject({
      code: "unknown-voice",
      message: expect.stringContaining("af_heart, zf_xiaobei"),
    });
    expect(await speaker().speak("Hello.", { ...idle, voice: "af_heart" })).toMatchObject({ code: "unsupported" });
  });

  it("speaks faster only where it is asked to", async () => {
    server.will({ speak: "tone" }, { speak: "tone" });

    await speaker().speak("Hello.", { ...idle, speed: 1.5 });
    await speaker().speak("Hello.", { ...idle, speed: 1 });

    expect(server.requests.map(({ fields }) => fields["speed"])).toEqual([1.5, undefined]);
  });

  it("speaks each language in its own voice, and none that it was not given", async () => {
    server.will({ speak: "tone" }, { speak: "tone" });
    const kokoro = createOpenAiSpeaker({
      ...link(),
      model: "kokoro",
      voice: "af_heart",
      voices: { zh: "zf_xiaobei" },
      languages: ["en", "zh"],
    });

    await kokoro.speak("Hello.", { ...idle, language: "en" });
    await kokoro.speak("你好", { ...idle, language: "zh-CN" });

    expect(server.requests.map(({ fields }) => fields["voice"])).toEqual(["af_heart", "zf_xiaobei"]);
    expect(await kokoro.speak("Hei.", { ...idle, language: "fi" })).toMatchObject({ code: "unsupported-language" });
  });

  it.each([
    [{ speak: "no-wav" }, "model-failed"],
    [{ speak: "html" }, "model-failed"],
    [{ speak: "half-a-wav" }, "model-failed"],
    [{ status: 400, message: "no such voice" }, "unsupported"],
    [{ status: 401, message: "no" }, "unauthorized"],
  ] as const)("turns %j into %s", async (step, code) => {
    server.will(step);

    expect(await speaker().speak("Hello.", idle)).toMatchObject({ ok: false, code });
  });
});
