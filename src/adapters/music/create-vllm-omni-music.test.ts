import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  startVllmOmniAudioServer,
  type VllmOmniAudioServer,
} from "../../../test/support/servers/vllm-omni-audio-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { speechLink } from "../../../test/support/speech-link.js";
import { createVllmOmniMusic } from "./create-vllm-omni-music.js";

const KEY = "key-of-nobody";
const { signal } = new AbortController();
const idle = { signal, onProgress: () => undefined };
const wish = { prompt: "rain on a roof", durationS: 2, format: "wav" } as const;

let server: VllmOmniAudioServer;
beforeEach(async () => {
  server = await startVllmOmniAudioServer();
});
afterEach(() => server.close());

const music = (more: object = {}) =>
  createVllmOmniMusic({
    ...speechLink(server.baseUrl),
    model: "stabilityai/stable-audio-open-1.0",
    apiKey: KEY,
    guidanceScale: 7,
    steps: 50,
    ...more,
  });

describe("music from a vLLM-Omni server", () => {
  it("asks for length, seed and format in the server's words, and gives the file as it came", async () => {
    const result = await music({ negativePrompt: "voices" }).make({ ...wish, seed: 7 }, idle);

    expect(result).toMatchObject({ ok: true, value: { format: "wav", seed: 7 } });
    expect(result.ok && Buffer.from(result.value.bytes.subarray(0, 4)).toString()).toBe("RIFF");
    expect(server.requests).toEqual([
      {
        key: KEY,
        body: {
          input: "rain on a roof",
          model: "stabilityai/stable-audio-open-1.0",
          audio_length: 2,
          response_format: "wav",
          guidance_scale: 7,
          num_inference_steps: 50,
          seed: 7,
          negative_prompt: "voices",
        },
      },
    ]);
  });

  it("takes the largest file that there can be", async () => {
    const result = await music().make({ ...wish, durationS: 47 }, idle);

    expect(result.ok && result.value.bytes.length).toBe(44 + 47 * 44_100 * 4);
  });

  it("says what a body that does not fit lacks", async () => {
    const result = await music({ steps: 0.5 }).make(wish, idle);

    expect(result).toMatchObject({
      ok: false,
      code: "unsupported",
      message: expect.stringContaining("num_inference_steps"),
    });
  });

  it.each([
    [[{ status: 400, body: { error: { message: "audio_length too long" } } }], "unsupported"],
    [[{ status: 401, body: { error: { message: `bad key ${KEY}` } } }], "unauthorized"],
    [[{ status: 404, body: { error: { message: "no such model" } } }], "model-not-found"],
    [
      [
        { status: 500, body: { error: { message: "CUDA out of memory" } } },
        { status: 500, body: { error: { message: "CUDA out of memory" } } },
      ],
      "server-error",
    ],
    [["cut", "cut"], "link-lost"],
  ] as const)("turns %j into %s", async (steps, code) => {
    server.will(...steps);

    const result = await music().make(wish, idle);

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it("refuses what nobody could make without asking, and gives up on a server that never answers", async () => {
    expect(await music().make({ ...wish, durationS: 48 }, idle)).toMatchObject({ ok: false, code: "unsupported" });
    expect(server.requests).toEqual([]);

    server.will("slow");
    const time = createVirtualTime({ holdFromMs: 20_000 });
    const late = music({ delay: time.delay }).make(wish, idle);
    await time.untilRunning(1);
    time.elapse(20_000);

    expect(await late).toMatchObject({ ok: false, code: "timeout" });
  });
});
