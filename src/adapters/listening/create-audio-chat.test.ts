import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tone } from "../../../test/support/audio-files.js";
import { startAudioChatServer } from "../../../test/support/servers/audio-chat-server.js";
import type { ModelServer } from "../../../test/support/servers/model-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { speechLink } from "../../../test/support/speech-link.js";
import { createAudioChat } from "./create-audio-chat.js";

const KEY = "sk-4b1d-NOT-for-logs";
const { signal } = new AbortController();
const english = { language: "en", signal } as const;
const sound = tone({ seconds: 2, sampleRateHz: 48_000 });

let server: ModelServer;
beforeEach(async () => {
  server = await startAudioChatServer();
});
afterEach(() => server.close());

const chat = (more: object = {}) =>
  createAudioChat({
    ...speechLink(server.baseUrl),
    model: "Qwen/Qwen2.5-Omni-7B",
    apiKey: KEY,
    temperature: 0,
    maxOutputTokens: 300,
    longestS: 30,
    ...more,
  });

describe("a chat model that hears", () => {
  it("is sent the sound as 16 kHz WAV, and writes a caption", async () => {
    server.will({ reply: " A steady beep. " });

    expect(await chat().caption(sound, english)).toEqual({ ok: true, value: "A steady beep." });
    expect(server.requests).toMatchObject([
      {
        model: "Qwen/Qwen2.5-Omni-7B",
        key: KEY,
        turns: [{ text: "Describe this sound in one sentence." }],
        temperature: 0,
        maxOutputTokens: 300,
        own: { seconds: 2, sampleRateHz: 16_000 },
      },
    ]);
  });

  it("answers questions in the language that is asked for", async () => {
    server.will({ reply: "没有。" });

    expect(await chat().ask(sound, "Is anybody there?", { language: "zh", signal })).toMatchObject({ value: "没有。" });
    expect(server.requests[0].turns[0].text).toBe("Is anybody there? Answer in Chinese.");
  });

  it("lists events, those that were asked for, with times that fit", async () => {
    server.will({
      reply:
        '```json\n[{"label":"Bell","startS":1.2,"endS":9},{"label":"dog","startS":0},{"label":"bell","startS":0.1}]\n```',
    });

    expect(await chat().events(sound, { ...english, labels: ["bell"] })).toEqual({
      ok: true,
      value: [
        { label: "bell", startS: 0.1 },
        { label: "bell", startS: 1.2, endS: 2 },
      ],
    });
  });

  it("asks nobody about a sound that the model cannot take", async () => {
    const result = await chat({ longestS: 1 }).caption(sound, english);

    expect(result).toMatchObject({ ok: false, code: "unsupported", message: expect.stringContaining("lasts 2 s") });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [[{ reply: "I hear nothing." }], "bad-answer", "events"],
    [[{ reply: "  " }], "bad-answer", "caption"],
    [[{ raw: "<!doctype html>" }], "bad-answer", "caption"],
    [[{ status: 400, message: "This model does not support audio" }], "unsupported", "caption"],
    [[{ status: 401, message: "no" }], "unauthorized", "caption"],
    [[{ status: 404, message: "no such model" }], "model-not-found", "caption"],
    [[{ cut: "half-answer" }, { cut: "half-answer" }], "link-lost", "caption"],
  ] as const)("turns %j into %s", async (steps, code, task) => {
    server.will(...steps);

    const result = await chat()[task](sound, english);

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it("has a time limit, and can be called off", async () => {
    server.will({ silent: true }, { silent: true });
    const time = createVirtualTime({ holdFromMs: 20_000 });
    const late = chat({ delay: time.delay }).caption(sound, english);
    await server.untilRequests(1);
    time.elapse(20_000);
    const off = new AbortController();
    const call = chat().caption(sound, { language: "en", signal: off.signal });
    await server.untilRequests(2);
    off.abort();

    expect(await late).toMatchObject({ ok: false, code: "timeout" });
    await expect(call).rejects.toMatchObject({ code: "aborted" });
  });
});
