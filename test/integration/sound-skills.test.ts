import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchSchema } from "../../src/app/launch/launch-schema.js";
import { createSkills } from "../../src/app/skills/create-skills.js";
import { SKILLS } from "../../src/app/skills/skills.js";
import type { SkillService } from "../../src/app/skills/skill-service.js";
import { toneWav } from "../support/audio-files.js";
import { readWavMedia } from "../support/read-media.js";
import { startAudioChatServer } from "../support/servers/audio-chat-server.js";
import { RECORDING, startGptSovitsServer } from "../support/servers/gpt-sovits-server.js";
import { startMeloTtsServer } from "../support/servers/melotts-server.js";
import { startMusicJobServer } from "../support/servers/music-job-server.js";
import { startSpeechServer } from "../support/servers/speech-server.js";
import { startVllmOmniAudioServer } from "../support/servers/vllm-omni-audio-server.js";

const NAMES = ["speak", "hear", "listen", "music"] as const;
const { signal } = new AbortController();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "handeye-sound-"));
  writeFileSync(join(folder, "bell.wav"), toneWav({ seconds: 2 }));
  writeFileSync(join(folder, "consent.json"), JSON.stringify({ who: "Ann", when: "2026-03-01", what: "Yes." }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
function using<T extends { close(): Promise<unknown> }>(thing: T): T {
  closing.push(() => thing.close());
  return thing;
}

function skills(config: object, more: object = {}, env: Record<string, string> = {}): SkillService {
  const launch = launchSchema.parse({
    robot: { type: "sim" },
    stateDir: join(folder, "state"),
    skills: config,
    ...more,
  });
  return using(createSkills(launch, { env: { PATH: "", ...env } }));
}
const run = (service: SkillService, name: string, input: object) =>
  service.run(name, { input }, { signal, from: "local" });

describe("the sound skills of a launch file", () => {
  it("show back ends whose examples fit the launch file", () => {
    for (const { skill, kinds } of SKILLS.filter(({ skill: { name } }) =>
      (NAMES as readonly string[]).includes(name),
    )) {
      const examples = Object.values(kinds).map(({ example }) => example);
      const parsed = launchSchema.safeParse({
        robot: { type: "sim" },
        skills: { [skill.name]: { backends: examples.slice(0, 8) } },
      });
      expect(parsed.error?.message).toBeUndefined();
      for (const example of skill.examples) expect(skill.input.safeParse(example).error?.message).toBeUndefined();
    }
  });

  it("say what is missing where a back end cannot be used", async () => {
    const listed = await skills({
      speak: {
        backends: [
          { type: "espeak-ng" },
          { type: "edge-tts" },
          { type: "gpt-sovits", consent: "none.json", refAudioPath: "a.wav" },
        ],
      },
      hear: {
        backends: [
          { type: "whisper", modelDir: "none" },
          { type: "openai-compatible", apiKeyEnv: "EARS_KEY" },
        ],
      },
    }).list();

    const why = (name: string): readonly (string | undefined)[] =>
      listed
        .find((each) => each.name === name)
        ?.backends.filter(({ place }) => place !== undefined)
        .map((each) => each.why) ?? [];
    expect(why("speak")).toEqual([
      expect.stringMatching(/apt-get install espeak-ng/),
      expect.stringMatching(/edge-tts and ffmpeg/),
      expect.stringMatching(/recorded consent/),
    ]);
    expect(why("hear")).toEqual([expect.stringMatching(/model\.json/), expect.stringMatching(/EARS_KEY/)]);
    expect(why("listen")).toEqual([undefined]);
  });

  it("stay on the machine where offline is set", async () => {
    const far = { type: "openai-compatible", baseUrl: "https://api.example.com/v1", model: "m" };
    const service = skills(
      {
        speak: { backends: [far, { type: "flite" }] },
        listen: { backends: [far] },
        music: {
          backends: {
            type: "own-endpoint",
            submit: { url: "https://a.example.com/j" },
            poll: { url: "https://a.example.com/j/{job}" },
          },
        },
      },
      { offline: true },
    );

    expect(await run(service, "speak", { text: "Hello." })).toMatchObject({
      ok: true,
      servedBy: "flite",
      tried: [{ backend: "openai-compatible", code: "offline" }],
    });
    expect(await run(service, "listen", { sound: join(folder, "bell.wav") })).toMatchObject({ code: "offline" });
    expect(await run(service, "music", { prompt: "a waltz" })).toMatchObject({ code: "offline" });
  });
});

describe("speak by its back ends", () => {
  it("goes from a server that fails to the voices on board, and says so", async () => {
    const melotts = using(await startMeloTtsServer());
    melotts.will("html");
    const service = skills({
      speak: { backends: [{ type: "melotts", baseUrl: melotts.baseUrl, maxRetries: 0 }, { type: "flite" }] },
    });

    const first = await run(service, "speak", { text: "Hello." });
    const second = await run(service, "speak", { text: "Hello." });

    expect(await run(service, "speak", { text: "Hello.", voice: "rms" })).toMatchObject({
      servedBy: "flite",
      output: { voice: "rms" },
      tried: [{ backend: "melotts", code: "unknown-voice", message: expect.stringContaining("EN-US, EN-BR") }],
    });
    expect(first).toMatchObject({ ok: true, servedBy: "flite", tried: [{ backend: "melotts", code: "model-failed" }] });
    expect(second).toMatchObject({ ok: true, servedBy: "melotts", output: { voice: "EN-US", sampleRateHz: 44_100 } });
    const [artefact] = second.ok ? second.artefacts : [];
    expect(artefact.recipe).toMatchObject({ generated: true, model: "MeloTTS", skill: "speak", backend: "melotts" });
    expect(readWavMedia(readFileSync(artefact.path)).info["ICMT"]).toMatch(/^Generated by an AI voice/);
  });

  it("clones a voice with consent, marked in the file, and not without", async () => {
    const server = using(await startGptSovitsServer());
    const entry = { type: "gpt-sovits", baseUrl: server.baseUrl, refAudioPath: RECORDING };
    const allowed = skills({ speak: { backends: { ...entry, consent: join(folder, "consent.json") } } });
    const refused = skills({ speak: { backends: { ...entry, consent: join(folder, "none.json") } } });

    const spoken = await run(allowed, "speak", { text: "Hello." });

    expect(spoken).toMatchObject({ ok: true, output: { voice: "Ann" } });
    const [{ path, recipe }] = spoken.ok ? spoken.artefacts : [];
    expect(recipe).toMatchObject({ generated: true, consent: expect.stringContaining("consent.json") });
    expect(readWavMedia(readFileSync(path))).toMatchObject({
      isSilent: false,
      durationS: 0.5,
      info: { ICMT: expect.stringMatching(/cloned from Ann.*Ann did not say this/) },
    });
    expect(await run(refused, "speak", { text: "Hello." })).toMatchObject({
      code: "bad-launch-file",
      message: expect.stringContaining("consent"),
    });
    expect(await run(allowed, "speak", { text: "Hello.", voice: "slt" })).toMatchObject({
      code: "unknown-voice",
      message: expect.stringContaining("the voice Ann"),
    });
    expect(server.requests).toHaveLength(1);
  });

  it("answers with what the request lacks, whatever else is missing on the machine", async () => {
    const service = skills({});

    // Nobody speaks qq, whether espeak-ng is installed here or not.
    const language = await run(service, "speak", { text: "Hello.", language: "qq" });
    const voice = await run(service, "speak", { text: "Hello.", voice: "nova" });

    expect(language).toMatchObject({ ok: false, code: "unsupported-language", tried: [{}, {}] });
    expect(voice).toMatchObject({
      ok: false,
      code: "unknown-voice",
      message: expect.stringContaining("slt, rms, awb"),
    });
    const kept = readdirSync(join(folder, "state", "artefacts"), { recursive: true, encoding: "utf8" });
    expect(kept.filter((name) => name.includes(".part"))).toEqual([]);
  });
});

describe("hear by its back ends", () => {
  it("asks a server for what the on-board ears do not understand", async () => {
    const server = using(await startSpeechServer());
    server.will({ text: "The quarterly figures are excellent." });
    const service = skills({
      hear: { backends: [{ type: "onboard" }, { type: "openai-compatible", baseUrl: server.baseUrl }] },
    });

    expect(await run(service, "hear", { sound: join(folder, "bell.wav"), language: "fi" })).toMatchObject({
      ok: true,
      servedBy: "openai-compatible",
      output: { text: "The quarterly figures are excellent." },
      tried: [{ backend: "onboard", code: "unsupported-language" }],
    });
  });

  it("hears on board what was spoken on board, with a note on what these ears are good for", async () => {
    const service = skills({});
    const spoken = await run(service, "speak", { text: "open the left drawer" });
    const [{ path }] = spoken.ok ? spoken.artefacts : [];

    expect(await run(service, "hear", { sound: path })).toMatchObject({
      ok: true,
      output: { text: "open the left drawer", language: "en", note: expect.stringContaining("commands") },
    });
    expect(await run(service, "hear", { sound: path, language: "fi" })).toMatchObject({ code: "unsupported-language" });
  });

  it("opens no file of others for those far away", async () => {
    const response = await skills({}).run(
      "hear",
      { input: { sound: join(folder, "bell.wav") } },
      { signal, from: "remote" },
    );

    expect(response).toMatchObject({ ok: false, code: "not-allowed" });
  });
});

describe("listen and music by their back ends", () => {
  it("makes a tune by rules where nothing else is set up, and does not call it a model's", async () => {
    const made = await run(skills({}), "music", { prompt: "a calm piano melody with rain", durationS: 5, seed: 3 });

    expect(made).toMatchObject({ ok: true, servedBy: "onboard", output: { durationS: 5, seed: 3, model: "rules" } });
    const [{ path, recipe }] = made.ok ? made.artefacts : [];
    expect(recipe).toMatchObject({ generated: true, model: "rules", seed: 3 });
    expect(readWavMedia(readFileSync(path)).info["ICMT"]).toMatch(/^Generated by rules from text/);
  });

  it("asks a model that hears, and goes on board where it is away", async () => {
    const server = using(await startAudioChatServer());
    server.will({ reply: "A telephone rings." }, { raw: "<!doctype html>" });
    const service = skills({
      listen: {
        backends: [
          { type: "openai-compatible", baseUrl: server.baseUrl, model: "qwen", maxRetries: 0 },
          { type: "onboard" },
        ],
      },
    });
    const sound = join(folder, "bell.wav");

    expect(await run(service, "listen", { sound })).toMatchObject({ output: { text: "A telephone rings." } });
    expect(await run(service, "listen", { sound })).toMatchObject({
      servedBy: "onboard",
      output: { text: expect.stringContaining("a tone") },
      tried: [{ code: "bad-answer" }],
    });
    expect(await run(skills({}), "listen", { sound, do: "ask", question: "Why?" })).toMatchObject({
      code: "unsupported",
    });
  });

  it("goes from a server that is silent to a service with jobs, and keeps only what is music", async () => {
    const vllm = using(await startVllmOmniAudioServer());
    vllm.will("silence", "html", "sound");
    const jobs = using(await startMusicJobServer());
    jobs.plan({
      answers: [{ status: "complete", audio_url: `${jobs.url}/files/1.mp3` }],
      file: toneWav({ seconds: 90, sampleRateHz: 8_000 }),
    });
    const service = skills(
      {
        music: {
          backends: [
            { type: "vllm-omni", baseUrl: vllm.baseUrl },
            {
              type: "own-endpoint",
              submit: { url: `${jobs.url}/api/generate`, jobField: "0.id" },
              poll: {
                url: `${jobs.url}/api/get?ids={job}`,
                everyS: 0.5,
                statusField: "0.status",
                audioUrlField: "0.audio_url",
              },
              format: "wav",
              apiKeyEnv: "MUSIC_KEY",
            },
          ],
        },
      },
      {},
      { MUSIC_KEY: "k-123" },
    );

    const first = await run(service, "music", { prompt: "a waltz" });

    expect(first).toMatchObject({
      ok: true,
      servedBy: "own-endpoint",
      output: { durationS: 90, format: "wav" },
      tried: [{ backend: "vllm-omni", code: "bad-answer", message: expect.stringContaining("silence") }],
    });
    expect(jobs.submitted).toEqual([{ key: "Bearer k-123", body: { prompt: "a waltz" } }]);
    const [{ path, recipe }] = first.ok ? first.artefacts : [];
    expect(recipe).toMatchObject({ generated: true, prompt: "a waltz" });
    expect(readWavMedia(readFileSync(path)).isSilent).toBe(false);
    expect(JSON.stringify(first)).not.toContain("k-123");

    const only = await service.run(
      "music",
      { input: { prompt: "a waltz" }, backend: "vllm-omni" },
      { signal, from: "local" },
    );
    expect(only).toMatchObject({ ok: false, code: "bad-answer", message: expect.stringContaining("<!doctype") });
    expect(await run(service, "music", { prompt: "a waltz", durationS: 3 })).toMatchObject({ servedBy: "vllm-omni" });
  });
});
