import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeWav } from "../../src/domain/speech/write-wav.js";
import { readMp4Media } from "../support/read-media.js";
import { ORACLE, runCli } from "../support/run-cli.js";
import { startComfyServer } from "../support/servers/comfyui-server.js";
import { startAutomatic1111Server, startImagesServer } from "../support/servers/pictures-server.js";
import { startVideosServer } from "../support/servers/videos-server.js";
import { tinyVideo } from "../support/tiny-video.js";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Answer {
  readonly ok: boolean;
  readonly code?: string;
  readonly servedBy?: string;
  readonly output: Readonly<Record<string, unknown>>;
  readonly artefacts: readonly { readonly path: string; readonly recipe: Readonly<Record<string, unknown>> }[];
}

/** A skill on the command line, its answer, and its files read back. */
async function runSkill(
  name: string,
  input: Readonly<Record<string, unknown>>,
  {
    backends,
    env = {},
  }: { readonly backends?: readonly object[]; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const out = mkdtempSync(join(tmpdir(), "handeye-media-"));
  const set = backends === undefined ? [] : ["--set", `skills.${name}.backends=${JSON.stringify(backends)}`];
  const run = await runCli(
    ["skill", name, "--input", JSON.stringify(input), "--out", out, "--json", "--quiet", ...set, ...ORACLE],
    { env },
  );
  const last = run.stdout.trim().split("\n").at(-1) ?? "{}";
  const answer = JSON.parse(last) as Answer;
  return { ...run, answer, files: readdirSync(out), bytes: () => readFileSync(answer.artefacts[0].path) };
}

let video: Uint8Array;
beforeAll(async () => {
  video = await tinyVideo({ frames: 49, fps: 8 });
});

describe("clips on board", { timeout: 600_000 }, () => {
  it("rehearses an instruction in a copy, and says that it was one, in a video with a voice in it", async () => {
    const { code, answer, bytes } = await runSkill("clip", {
      do: "rehearse",
      instruction: "take the green bag out of the drawer",
    });
    const { tracks, durationS, tags } = readMp4Media(bytes());

    expect(code).toBe(0);
    expect(answer.output).toMatchObject({
      outcome: "done",
      grade: "verified",
      narrator: "flite",
      world: "simulated kitchen, seed 1",
      text: expect.stringContaining("Nothing was done with the robot itself"),
    });
    expect(answer.artefacts[0].recipe).toMatchObject({ rehearsal: true, generated: false });
    expect(tracks).toMatchObject([
      { type: "video", codec: "avc1", width: 640, height: 480 },
      { type: "audio", codec: "mp4a", channels: 1 },
    ]);
    expect(tracks[0].samples).toBe(answer.output["frames"]);
    expect(durationS).toBeGreaterThan(5);
    // A moving picture of a kitchen takes more than a black one, which takes next to nothing.
    expect(bytes().length / tracks[0].samples).toBeGreaterThan(1_000);
    expect(tags["©cmt"]).toContain("The real robot did none of this");
  });

  it("cuts highlights by outcome and by words out of a recording", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "handeye-media-")), "run.mcap");
    const recorded = await runCli([
      "run",
      "take the green bag out of the drawer",
      "--record",
      path,
      "--quiet",
      ...ORACLE,
    ]);
    expect(recorded.code).toBe(0);

    const all = await runSkill("clip", { do: "highlights", recording: path });
    const bag = await runSkill("clip", { do: "highlights", recording: path, by: "绿色包装袋", maxS: 15 });
    const none = await runSkill("clip", { do: "highlights", recording: path, by: "knife" });

    const moments = all.answer.output["moments"] as { kind: string; title: string }[];
    expect(moments.length).toBeGreaterThan(1);
    expect(moments.every(({ kind }) => kind === "verified")).toBe(true);
    expect(readMp4Media(all.bytes()).durationS).toBeCloseTo(all.answer.output["durationS"] as number, 0);
    expect((bag.answer.output["moments"] as typeof moments).every(({ title }) => title.includes("green bag"))).toBe(
      true,
    );
    expect(bag.answer.output["durationS"]).toBeLessThanOrEqual(15);
    expect(none).toMatchObject({ code: 1, answer: { ok: false, code: "nothing-found" }, files: [] });
  });

  it("refuses what is no recording, and leaves no file", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "handeye-media-")), "run.mcap");
    writeFileSync(path, "a text file called .mcap");

    expect(await runSkill("clip", { do: "highlights", recording: path })).toMatchObject({
      code: 2,
      answer: { ok: false, code: "bad-clip" },
      files: [],
    });
  });
});

describe("generated media", { timeout: 240_000 }, () => {
  it("asks the next back end for what cannot be done on board, and marks the video that it sends", async () => {
    const server = await startComfyServer({ file: { name: "clip.mp4", bytes: video } });
    closers.push(() => server.close());
    const comfy = { type: "comfyui", baseUrl: server.baseUrl, pollS: 0.5 };

    const made = await runSkill("clip", { do: "generate", prompt: "tea" }, { backends: [{ type: "onboard" }, comfy] });

    expect(made).toMatchObject({
      code: 0,
      answer: { servedBy: "comfyui", output: { frames: 49, model: "cogvideox-5b" } },
    });
    expect(made.answer.artefacts[0].recipe).toMatchObject({ generated: true, prompt: "tea" });
    expect(readMp4Media(made.bytes())).toMatchObject({
      tracks: [{ type: "video", samples: 49 }],
      tags: { "©cmt": expect.stringContaining("Generated by an AI model") },
    });
  });

  it.each(["html-content", "fails"] as const)("takes nothing for a video that is none (%s)", async (fate) => {
    const server = await startVideosServer({ dialect: "vllm-omni", video });
    closers.push(() => server.close());
    server.will(fate);
    const backends = [{ type: "openai-videos", baseUrl: server.baseUrl, pollS: 0.5 }];

    const made = await runSkill("clip", { do: "generate", prompt: "tea" }, { backends });

    expect(made).toMatchObject({
      code: 1,
      answer: { ok: false, code: fate === "fails" ? "job-failed" : "bad-answer" },
      files: [],
    });
  });

  it("picks a job up that a killed program had handed in", async () => {
    const server = await startVideosServer({ dialect: "sglang", video });
    closers.push(() => server.close());
    server.will("never");
    const state = { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "handeye-state-")) };
    const backends = [{ type: "openai-videos", baseUrl: server.baseUrl, dialect: "sglang", pollS: 0.5 }];
    const args = ["skill", "clip", "--input", '{"do":"generate","prompt":"tea","frames":49}', "--json"];
    const set = ["--set", `skills.clip.backends=${JSON.stringify(backends)}`];
    const killed = await runCli([...args, ...set], {
      env: state,
      onLine: (line, signal) => line.includes("at work") && signal("SIGKILL"),
    });
    expect(killed.code).toBe(null);
    server.finish();

    const made = await runSkill("clip", { do: "generate", prompt: "tea", frames: 49 }, { backends, env: state });

    expect(made).toMatchObject({ code: 0, answer: { output: { resumed: true } } });
    expect(server.requests).toHaveLength(1);
  });

  it("makes pictures by two kinds of servers, and marks them", async () => {
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#3080c0" } })
      .png()
      .toBuffer();
    const webUi = await startAutomatic1111Server(png);
    const images = await startImagesServer(png);
    closers.push(
      () => webUi.close(),
      () => images.close(),
    );

    const first = await runSkill(
      "picture",
      { prompt: "a mug" },
      { backends: [{ type: "automatic1111", baseUrl: webUi.origin }] },
    );
    const second = await runSkill(
      "picture",
      { prompt: "a mug" },
      { backends: [{ type: "openai-images", baseUrl: `${images.origin}/v1` }] },
    );

    for (const made of [first, second]) {
      expect(made).toMatchObject({ code: 0, answer: { output: { width: 64, height: 64 } } });
      const { xmp, format } = await sharp(made.bytes()).metadata();
      expect([format, xmp?.toString().includes("trainedAlgorithmicMedia")]).toEqual(["png", true]);
    }
  });

  it("makes a robot's picture talk, a person's only with their consent", async () => {
    const server = await startComfyServer({ file: { name: "talk.mp4", bytes: video } });
    closers.push(() => server.close());
    const folder = mkdtempSync(join(tmpdir(), "handeye-media-"));
    const [picture, sound, consent] = ["robot.png", "speech.wav", "consent.json"].map((name) => join(folder, name));
    writeFileSync(
      picture,
      await sharp({ create: { width: 64, height: 64, channels: 3, background: "#999" } })
        .png()
        .toBuffer(),
    );
    writeFileSync(sound, writeWav({ samples: new Float32Array(16_000).fill(0.2), sampleRateHz: 16_000 }));
    writeFileSync(consent, JSON.stringify({ who: "Ada", when: "2026-03-01", what: "my picture may greet visitors" }));
    const comfy = { type: "comfyui", baseUrl: server.baseUrl, pollS: 0.5 };
    const wish = { do: "talk", picture, sound };

    const robot = await runSkill("animate", { ...wish, subject: "no-person" }, { backends: [comfy] });
    const person = await runSkill("animate", wish, { backends: [comfy] });
    const agreed = await runSkill("animate", wish, { backends: [{ ...comfy, consent }] });

    expect(robot).toMatchObject({ code: 0, answer: { output: { subject: "no person, on the caller's word" } } });
    expect(person).toMatchObject({ code: 1, answer: { ok: false, code: "consent-needed" }, files: [] });
    expect(agreed.answer.artefacts[0].recipe).toMatchObject({
      generated: true,
      subject: expect.stringContaining("Ada agreed on 2026-03-01"),
    });
  });
});
