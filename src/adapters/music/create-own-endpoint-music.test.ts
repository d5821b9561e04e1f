import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyMp3 } from "../../../test/support/audio-files.js";
import { startMusicJobServer, type MusicJobServer } from "../../../test/support/servers/music-job-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { createRandom } from "../../domain/random.js";
import { ownEndpointConfigSchema } from "./config-schema.js";
import { createOwnEndpointMusic } from "./create-own-endpoint-music.js";

const KEY = "key-of-nobody";
const { signal } = new AbortController();
const wish = { prompt: "a waltz", durationS: 10, seed: 3, format: "mp3" } as const;

let server: MusicJobServer;
beforeEach(async () => {
  server = await startMusicJobServer();
});
afterEach(() => server.close());

/** The service as its pages would describe it. Waits below a minute take no time; the limit of ten minutes is kept. */
function music(more: object = {}) {
  const config = ownEndpointConfigSchema.parse({
    type: "own-endpoint",
    submit: {
      url: `${server.url}/api/generate`,
      body: { prompt: "{prompt}", tags: "for {durationS} s", length: "{durationS}", make_instrumental: true },
      jobField: "0.id",
    },
    poll: {
      url: `${server.url}/api/get?ids={job}`,
      statusField: "0.status",
      audioUrlField: "0.audio_url",
      progressField: "0.progress",
    },
    cancel: { url: `${server.url}/api/jobs/{job}`, method: "DELETE" },
    ...more,
  });
  return createOwnEndpointMusic({
    ...config,
    apiKey: KEY,
    fetch: globalThis.fetch,
    delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
    random: createRandom(1),
    timeoutMs: 600_000,
  });
}
const file = () => `${server.url}/files/1.mp3`;

describe("music from a job service of one's own", () => {
  it("hands a job in, tells how it goes, and fetches the file", async () => {
    server.plan({
      answers: [
        { status: "queued" },
        "busy",
        { status: "streaming", progress: "40%" },
        { status: "complete", audio_url: file() },
      ],
    });
    const told: unknown[] = [];

    const result = await music().make(wish, { signal, onProgress: (progress) => void told.push(progress) });

    expect(result.ok && Buffer.from(result.value.bytes).equals(emptyMp3())).toBe(true);
    expect(server.submitted).toEqual([
      { key: `Bearer ${KEY}`, body: { prompt: "a waltz", tags: "for 10 s", length: 10, make_instrumental: true } },
    ]);
    expect(told).toEqual([
      { fraction: 0, message: "handed in" },
      { fraction: 0, message: "queued" },
      { fraction: 0.4, message: "streaming" },
    ]);
    expect(server.cancelled).toEqual([]);
  });

  it("gives up on a job that never ends, calls it off, and says how it was", async () => {
    server.plan({ answers: [{ status: "queued" }, { status: "streaming" }] });

    const result = await music().make(wish, { signal, onProgress: () => undefined });

    expect(result).toMatchObject({
      ok: false,
      code: "timeout",
      message: expect.stringMatching(/600 s.*"streaming" last/),
    });
    expect(server.polls()).toBeGreaterThan(100);
    expect(server.cancelled).toEqual(["job/1"]);
  });

  it("calls the job off when it is called off itself", async () => {
    server.plan({ answers: [{ status: "queued" }] });
    const off = new AbortController();
    const onProgress = ({ message }: { message?: string }) => void (message === "queued" && off.abort());

    await expect(music().make(wish, { signal: off.signal, onProgress })).rejects.toMatchObject({ code: "aborted" });
    expect(server.cancelled).toEqual(["job/1"]);
  });

  it.each([
    ["a job that failed", { answers: [{ status: "error", error: { message: "prompt refused" } }] }, "server-error"],
    ["a page in place of a state", { answers: ["html"] }, "bad-answer"],
    ["a job without a file", { answers: [{ status: "complete" }] }, "bad-answer"],
    [
      "a file on this machine",
      { answers: [{ status: "complete", audio_url: "http://127.0.0.1:1/a.mp3" }] },
      "bad-answer",
    ],
    [
      "a file by plain http",
      { answers: [{ status: "complete", audio_url: "http://cdn.example.com/a.mp3" }] },
      "bad-answer",
    ],
    [
      "a file in the house",
      { answers: [{ status: "complete", audio_url: "https://192.168.0.1/a.mp3" }] },
      "bad-answer",
    ],
    ["a file that is not there", { answers: [{ status: "complete", audio_url: "/nowhere" }] }, "bad-answer"],
  ] as const)("turns %s into a failure", async (_, plan, code) => {
    server.plan(plan);

    const result = await music().make(wish, { signal, onProgress: () => undefined });

    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(KEY);
    expect(server.downloads).toEqual([]);
  });

  it.each([
    [422, { detail: [{ loc: ["body", "prompt"], msg: "too long" }] }, "unsupported", /too long/],
    [200, [{ name: "no id" }], "bad-answer", /no job at 0\.id/],
    [200, "<!doctype html>", "bad-answer", /Expected JSON/],
    [401, { error: "no" }, "unauthorized", /key/],
    [503, { error: "busy" }, "server-error", /busy/],
  ] as const)("hands in once and no more: %s %j", async (status, body, code, words) => {
    server.answerSubmit(status, body);

    const result = await music().make(wish, { signal, onProgress: () => undefined });

    expect(result).toMatchObject({ ok: false, code, message: expect.stringMatching(words) });
    expect(server.submitted).toHaveLength(1);
  });

  it("refuses a format that the service does not give", async () => {
    const result = await music().make({ ...wish, format: "wav" }, { signal, onProgress: () => undefined });

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
    expect(server.submitted).toEqual([]);
  });
});
