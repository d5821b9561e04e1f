import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { memoryJobs } from "../../../test/support/media-jobs.js";
import { startComfyServer, type ComfyServer } from "../../../test/support/servers/comfyui-server.js";
import { createVirtualTime } from "../../../test/support/servers/virtual-time.js";
import { tinyVideo } from "../../../test/support/tiny-video.js";
import { createRandom } from "../../domain/random.js";
import type { SkillProgress } from "../../domain/skill/skill-messages.js";
import type { MediaJob } from "../../ports/media-jobs.js";
import { encodePng } from "../picture/encode-png.js";
import { comfyAnimateConfigSchema, comfyClipConfigSchema, comfyPictureConfigSchema } from "./config-schema.js";
import { createComfyAnimator, createComfyClips, createComfyPictures, type ComfyMakerOptions } from "./makers.js";

let video: Uint8Array;
let server: ComfyServer;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  video = await tinyVideo();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const PICTURE = { width: 8, height: 8, rgb: new Uint8Array(192).fill(90) };

async function start(lacks: readonly string[] = []): Promise<void> {
  server = await startComfyServer({ file: { name: "clip_00001_.mp4", bytes: video }, lacks });
  closers.push(() => server.close());
}

function options(kept = new Map<string, MediaJob>(), nowMs: () => number = () => 1_000): ComfyMakerOptions {
  return {
    baseUrl: server.baseUrl,
    model: "cogvideox-5b",
    timeoutMs: 60_000,
    maxRetries: 0,
    fetch: globalThis.fetch,
    delay: createVirtualTime({ holdFromMs: 60_000 }).delay,
    random: createRandom(1),
    jobs: memoryJobs(kept),
    pollMs: 1_000,
    jobTimeoutMs: 3_600_000,
    nowMs,
    clientId: "2f1c",
    encodePng,
  };
}

function clips(more: { kept?: Map<string, MediaJob>; nowMs?: () => number; model?: string } = {}) {
  const config = comfyClipConfigSchema.parse({
    type: "comfyui",
    ...(more.model === undefined ? {} : { model: more.model }),
  });
  const maker = createComfyClips(options(more.kept, more.nowMs), config);
  closers.push(() => maker.close());
  return maker;
}
const making = (signal = new AbortController().signal, onProgress: (p: SkillProgress) => void = () => undefined) => ({
  signal,
  onProgress,
});

describe("videos by a ComfyUI", () => {
  it("hands in CogVideoX's workflow with the model's own defaults, waits, and fetches the file", async () => {
    await start();
    const progress: SkillProgress[] = [];

    const made = await clips().generate(
      { prompt: "tea" },
      making(undefined, (told) => progress.push(told)),
    );

    expect(made).toMatchObject({
      ok: true,
      value: { model: "cogvideox-5b", resumed: false, expected: { frames: 49, fps: 8 } },
    });
    expect(made.ok && Buffer.compare(Buffer.from(made.value.bytes), Buffer.from(video))).toBe(0);
    const nodes = Object.values(server.prompts[0].graph);
    expect(nodes.find(({ class_type }) => class_type === "CogVideoSampler")?.inputs).toMatchObject({
      num_frames: 49,
      steps: 50,
      cfg: 6,
    });
    expect(nodes.find(({ class_type }) => class_type === "EmptyLatentImage")?.inputs).toMatchObject({
      width: 720,
      height: 480,
    });
    expect(nodes.find(({ class_type }) => class_type === "CreateVideo")?.inputs).toMatchObject({ fps: 8 });
    expect(progress.map(({ message }) => message)).toEqual(
      expect.arrayContaining(["handed in", "waiting in the queue", "at work"]),
    );
  });

  it("uploads the picture that a video begins with, and runs both of Wan2.2's models", async () => {
    await start();

    const made = await clips({ model: "wan2.2-i2v-14b" }).generate(
      { prompt: "it waves", picture: PICTURE, seed: 7 },
      making(),
    );

    expect(made).toMatchObject({ ok: true, value: { seed: 7 } });
    expect(server.uploads[0].bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    const nodes = Object.values(server.prompts[0].graph);
    expect(
      nodes.filter(({ class_type }) => class_type === "KSamplerAdvanced").map(({ inputs }) => inputs["noise_seed"]),
    ).toEqual([7, 0]);
    expect(nodes.find(({ class_type }) => class_type === "LoadImage")?.inputs["image"]).toBe(server.uploads[0].name);
  });

  it.each([
    [{ prompt: "x", frames: 50 }, "over-limit", "49"],
    [{ prompt: "x", width: 1_280, height: 720 }, "over-limit", "720 x 480"],
    [{ prompt: "x", frames: 97 }, "over-limit", "49 frames"],
    [{ prompt: "x".repeat(1_500) }, "over-limit", "1000 characters"],
    [{ prompt: "x", picture: PICTURE }, "unsupported", "words alone"],
  ] as const)("sends nothing for more than the model can do: %o", async (request, code, words) => {
    await start();

    expect(await clips().generate(request, making())).toMatchObject({
      ok: false,
      code,
      message: expect.stringContaining(words),
    });
    expect(server.prompts).toEqual([]);
  });

  it("says which nodes the server lacks before anything is handed in", async () => {
    await start(["CogVideoSampler", "CogVideoDecode"]);

    expect(await clips().generate({ prompt: "tea" }, making())).toMatchObject({
      ok: false,
      code: "unsupported",
      message: expect.stringContaining("CogVideoSampler, CogVideoDecode"),
    });
    expect(server.prompts).toEqual([]);
  });

  it.each([
    ["fails", "job-failed", "CUDA out of memory"],
    ["vanish", "job-vanished", "does not know it any more"],
    ["html", "bad-answer", "Expected JSON"],
    ["cut", "link-lost", "ComfyUI"],
    ["busy", "rate-limited", "429"],
    ["nothing-saved", "bad-answer", "no file"],
  ] as const)("tells a job that goes wrong (%s) as %s", async (fate, code, words) => {
    await start();
    server.will(fate);
    const kept = new Map<string, MediaJob>();

    const made = await clips({ kept }).generate({ prompt: "tea" }, making());

    expect(made).toMatchObject({ ok: false, code, message: expect.stringContaining(words) });
    // What was made can still be fetched after a cut; everything else is over.
    expect(kept.size).toBe(fate === "cut" || fate === "nothing-saved" ? 1 : 0);
  });

  it("gives up a job that never ends, and calls it off at the server", async () => {
    await start();
    server.will("never");
    let nowMs = 0;

    const made = await clips({ nowMs: () => (nowMs += 400_000) }).generate({ prompt: "tea" }, making());

    expect(made).toMatchObject({ ok: false, code: "job-expired" });
    expect(server.deleted).toEqual(["job-1"]);
    expect(server.interrupted).toEqual(["job-1"]);
  });

  it("interrupts the job when whoever asked gives up", async () => {
    await start();
    server.will("never");
    const off = new AbortController();
    const kept = new Map<string, MediaJob>();
    const maker = clips({ kept });

    const call = maker.generate(
      { prompt: "tea" },
      making(off.signal, ({ message }) => message === "at work" && off.abort()),
    );

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(server.interrupted).toEqual(["job-1"]);
    expect(kept.size).toBe(0);
  });

  it("leaves the job when the program ends, and picks it up in the next run instead of paying twice", async () => {
    await start();
    server.will("never");
    const kept = new Map<string, MediaJob>();
    const first = clips({ kept });
    const ended = first.generate(
      { prompt: "tea" },
      making(undefined, ({ message }) => void (message === "at work" && first.close())),
    );
    await expect(ended).rejects.toMatchObject({ code: "aborted" });
    expect(kept.size).toBe(1);
    server.finish();
    server.will("done");

    const second = await clips({ kept }).generate({ prompt: "tea" }, making());
    const another = await clips({ kept }).generate({ prompt: "coffee" }, making());

    expect(second).toMatchObject({ ok: true, value: { resumed: true } });
    expect(another).toMatchObject({ ok: true, value: { resumed: false } });
    expect(server.prompts).toHaveLength(2);
    expect(server.interrupted).toEqual([]);
  });
});

describe("pictures by a ComfyUI", () => {
  const config = comfyPictureConfigSchema.parse({ type: "comfyui", controlNets: { edges: "canny.safetensors" } });

  it("changes a picture where the mask is white, held by edges", async () => {
    const png = await encodePng(PICTURE);
    server = await startComfyServer({ file: { name: "picture_00001_.png", bytes: png } });
    closers.push(() => server.close());
    const maker = createComfyPictures(options(), config);
    closers.push(() => maker.close());

    const mask = { ...PICTURE, rgb: new Uint8Array(192).fill(255) };
    const control = { kind: "edges", picture: mask, weight: 0.5, isPhoto: false } as const;
    const request = { prompt: "blue", picture: PICTURE, mask, control, strength: 0.7, width: 64, height: 64, seed: 3 };
    const made = await maker.make(request, making());

    expect(made).toMatchObject({ ok: true, value: { model: "sd_xl_base_1.0.safetensors", seed: 3 } });
    const nodes = Object.values(server.prompts[0].graph);
    expect(nodes.find(({ class_type }) => class_type === "KSampler")?.inputs).toMatchObject({ denoise: 0.7, seed: 3 });
    expect(nodes.find(({ class_type }) => class_type === "ControlNetApplyAdvanced")?.inputs).toMatchObject({
      strength: 0.5,
    });
    expect(nodes.map(({ class_type }) => class_type)).toEqual(
      expect.arrayContaining(["SetLatentNoiseMask", "LoadImageMask"]),
    );
    expect(await maker.make({ ...request, control: { ...control, kind: "pose" } }, making())).toMatchObject({
      ok: false,
      code: "unsupported",
    });
  });
});

describe("animation by a ComfyUI", () => {
  const sound = { samples: new Float32Array(16_000).fill(0.1), sampleRateHz: 16_000 };

  it("makes a picture talk for as long as the speech lasts, with the speech in the file", async () => {
    await start();
    const maker = createComfyAnimator(options(), comfyAnimateConfigSchema.parse({ type: "comfyui" }));
    closers.push(() => maker.close());

    const made = await maker.animate(
      { do: "talk", picture: PICTURE, sound, prompt: "", width: 832, height: 480 },
      making(),
    );

    expect(made).toMatchObject({ ok: true });
    expect(server.uploads.map(({ name }) => name.split(".").at(-1))).toEqual(["png", "wav"]);
    const nodes = Object.entries(server.prompts[0].graph);
    const [audio] = nodes.find(([, { class_type }]) => class_type === "LoadAudio") ?? [];
    expect(nodes.find(([, { class_type }]) => class_type === "WanSoundImageToVideo")?.[1].inputs).toMatchObject({
      length: 17,
    });
    expect(nodes.find(([, { class_type }]) => class_type === "CreateVideo")?.[1].inputs["audio"]).toEqual([audio, 0]);
  });

  it("has a picture follow a video", async () => {
    await start();
    const maker = createComfyAnimator(options(), comfyAnimateConfigSchema.parse({ type: "comfyui" }));
    closers.push(() => maker.close());

    const made = await maker.animate(
      { do: "follow", picture: PICTURE, clip: video, prompt: "", width: 832, height: 480 },
      making(),
    );

    expect(made).toMatchObject({ ok: true });
    const nodes = Object.values(server.prompts[0].graph);
    expect(nodes.find(({ class_type }) => class_type === "WanAnimateToVideo")?.inputs).toMatchObject({
      length: 77,
      width: 832,
    });
  });
});
