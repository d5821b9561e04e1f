import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { memoryJobs } from "../../../test/support/media-jobs.js";
import { startVideosServer, type VideosServer } from "../../../test/support/servers/videos-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { tinyVideo } from "../../../test/support/tiny-video.js";
import { createRandom } from "../../domain/random.js";
import type { SkillProgress } from "../../domain/skill/skill-messages.js";
import type { MediaJob } from "../../ports/media-jobs.js";
import { encodePng } from "../picture/encode-png.js";
import { createOmniAnimator, createOpenAiVideos, type VideosOptions } from "./create-videos.js";

let video: Uint8Array;
let server: VideosServer;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  video = await tinyVideo();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const PICTURE = { width: 8, height: 8, rgb: new Uint8Array(192).fill(90) };
const making = (signal = new AbortController().signal, onProgress: (p: SkillProgress) => void = () => undefined) => ({
  signal,
  onProgress,
});
const options = (kept: Map<string, MediaJob>, nowMs: () => number): VideosOptions => ({
  baseUrl: server.baseUrl,
  model: "Wan-AI/Wan2.2-TI2V-5B-Diffusers",
  timeoutMs: 60_000,
  maxRetries: 0,
  fetch: globalThis.fetch,
  delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
  random: createRandom(1),
  jobs: memoryJobs(kept),
  pollMs: 1_000,
  jobTimeoutMs: 3_600_000,
  nowMs,
  encodePng,
});

describe.each(["vllm-omni", "sglang"] as const)("videos by /v1/videos, %s", (dialect) => {
  async function start(kept = new Map<string, MediaJob>(), nowMs: () => number = () => 1_000) {
    server ??= await startVideosServer({ dialect, video });
    const maker = createOpenAiVideos(options(kept, nowMs), { dialect, limitsAs: "wan2.2-ti2v-5b" });
    closers.push(() => maker.close());
    return maker;
  }
  afterEach(async () => {
    await server.close();
    server = undefined as unknown as VideosServer;
  });

  it("says how many frames, asks until it is done, fetches, and cleans up", async () => {
    const progress: number[] = [];
    const maker = await start();

    const made = await maker.generate(
      { prompt: "tea", frames: 49, seed: 5 },
      making(undefined, ({ fraction }) => progress.push(fraction)),
    );

    expect(made).toMatchObject({ ok: true, value: { seed: 5, resumed: false, expected: { frames: 49, fps: 24 } } });
    expect(made.ok && made.value.bytes.length).toBe(video.length);
    expect({ ...server.requests[0], num_frames: Number(server.requests[0]["num_frames"]) }).toMatchObject({
      prompt: "tea",
      size: "1280x704",
      num_frames: 49,
    });
    expect(progress).toContain(0.4);
    expect(server.deleted).toEqual(["video_1"]);
  });

  it("sends the picture that it begins with as a file", async () => {
    await (await start()).generate({ prompt: "it waves", picture: PICTURE }, making());

    expect(server.requests[0]["input_reference"]).toMatchObject({ type: "image/png" });
  });

  it.each([
    ["fails", "job-failed", "CUDA out of memory"],
    ["vanish", "job-vanished", "does not know it any more"],
    ["html", "bad-answer", "Expected JSON"],
    ["cut", "link-lost", "server"],
    ["busy", "rate-limited", "429"],
  ] as const)("tells a job that goes wrong (%s) as %s", async (fate, code, words) => {
    const maker = await start();
    server.will(fate);

    expect(await maker.generate({ prompt: "tea" }, making())).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(words),
    });
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  it("gives up a job that never ends", async () => {
    let nowMs = 0;
    const maker = await start(new Map(), () => (nowMs += 400_000));
    server.will("never");

    expect(await maker.generate({ prompt: "tea" }, making())).toMatchObject({ ok: false, code: "job-expired" });
    expect(server.deleted).toEqual(["video_1"]);
  });

  it("deletes the job when whoever asked gives up", async () => {
    const off = new AbortController();
    const maker = await start();
    server.will("never");

    const call = maker.generate(
      { prompt: "tea" },
      making(off.signal, ({ fraction }) => fraction === 0.4 && off.abort()),
    );

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(server.deleted).toEqual(["video_1"]);
  });

  it("picks the job up after a restart", async () => {
    const kept = new Map<string, MediaJob>();
    const first = await start(kept);
    server.will("never");
    await expect(
      first.generate(
        { prompt: "tea" },
        making(undefined, ({ fraction }) => void (fraction === 0.4 && first.close())),
      ),
    ).rejects.toMatchObject({ code: "aborted" });
    server.finish();

    const made = await (await start(kept)).generate({ prompt: "tea" }, making());

    expect(made).toMatchObject({ ok: true, value: { resumed: true } });
    expect(server.requests).toHaveLength(1);
    expect(kept.size).toBe(0);
  });

  it("loses no paid job where its name cannot be kept: it says so", async () => {
    const maker = createOpenAiVideos(
      {
        ...options((await start(), new Map()), () => 1_000),
        jobs: { ...memoryJobs(), keep: () => Promise.reject(new Error("ENOSPC: no space left on device")) },
      },
      { dialect, limitsAs: "wan2.2-ti2v-5b" },
    );
    closers.push(() => maker.close());

    await expect(maker.generate({ prompt: "tea" }, making())).rejects.toThrow("ENOSPC");
  });
});

describe("talking pictures by vLLM-Omni", () => {
  it("sends picture and speech, and refuses what its model does not do", async () => {
    server = await startVideosServer({ dialect: "vllm-omni", video });
    closers.push(() => server.close());
    const maker = createOmniAnimator(
      options(new Map(), () => 1_000),
      { does: "talk" },
    );
    closers.push(() => maker.close());
    const sound = { samples: new Float32Array(1_600).fill(0.1), sampleRateHz: 16_000 };
    const scene = { picture: PICTURE, prompt: "", width: 832, height: 480 };

    expect(await maker.animate({ ...scene, do: "talk", sound }, making())).toMatchObject({ ok: true });
    expect(await maker.animate({ ...scene, do: "follow", clip: video }, making())).toMatchObject({
      ok: false,
      code: "unsupported",
    });

    expect(String(server.requests[0]["audio_reference"])).toContain('{"audio_url":"data:audio/wav;base64,UklGR');
  });
});
