import { expect } from "vitest";
import { readWavMedia } from "../read-media.js";
import { RECORDING } from "../servers/gpt-sovits-server.js";
import { ROW_KEY, type RowBench } from "./row-bench.js";
import type { SkillRow } from "./skill-row.js";

const isSpoken =
  (voice: string, durationS?: number): SkillRow["check"] =>
  ({ output, file }) => {
    expect(output).toMatchObject({ voice });
    const sound = readWavMedia(file("speech.wav"));
    expect(sound).toMatchObject({ isSilent: false, info: { ISFT: "Handeye" } });
    if (durationS !== undefined) expect(sound.durationS).toBe(durationS);
  };
const isMusic =
  (durationS: number): SkillRow["check"] =>
  ({ output, artefacts, file }) => {
    expect(output).toMatchObject({ durationS });
    expect(artefacts[0].recipe).toMatchObject({ generated: true });
    expect(readWavMedia(file("music.wav"))).toMatchObject({ durationS, isSilent: false });
  };
const text = { text: "The drawer is open." };
const says =
  (expected: string): SkillRow["check"] =>
  ({ output }) =>
    expect(output).toMatchObject({ text: expected });
const bell = ({ file }: RowBench) => ({ sound: file("bell.wav") });

export const SOUND_ROWS: readonly SkillRow[] = [
  { skill: "speak", backend: "flite", entry: () => ({ voice: "rms" }), inputs: () => [text], check: isSpoken("rms") },
  { skill: "speak", backend: "espeak-ng", inputs: () => [text], check: isSpoken("en-us", 0.5) },
  {
    skill: "speak",
    backend: "openai-compatible",
    entry: ({ speech }) => ({ baseUrl: speech.baseUrl, voice: "af_heart" }),
    before: ({ speech }) => speech.will({ speak: "tone" }),
    inputs: () => [text],
    check: isSpoken("af_heart", 0.5),
  },
  {
    skill: "speak",
    backend: "melotts",
    entry: ({ melotts }) => ({ baseUrl: melotts.baseUrl }),
    inputs: () => [text],
    check: isSpoken("EN-US", 0.5),
  },
  {
    skill: "speak",
    backend: "gpt-sovits",
    entry: ({ sovits, file }) => ({
      baseUrl: sovits.baseUrl,
      consent: file("consent.json"),
      refAudioPath: RECORDING,
    }),
    inputs: () => [text],
    check: isSpoken("Ann", 0.5),
  },
  { skill: "speak", backend: "edge-tts", inputs: () => [text], check: isSpoken("en-US-AriaNeural", 0.5) },

  {
    skill: "hear",
    backend: "onboard",
    inputs: ({ file }) => [{ sound: file("said.wav") }],
    check: says("open the left drawer"),
  },
  {
    skill: "hear",
    backend: "whisper",
    entry: ({ weights }) => ({ modelDir: weights.transformers }),
    inputs: (bench) => [{ ...bell(bench), language: "en" }],
    check: says("Stop. (32000 en)"),
  },
  {
    skill: "hear",
    backend: "openai-compatible",
    entry: ({ speech }) => ({ baseUrl: speech.baseUrl }),
    before: ({ speech }) => speech.will({ text: "Good morning." }),
    inputs: (bench) => [bell(bench)],
    check: says("Good morning."),
  },

  {
    skill: "listen",
    backend: "onboard",
    inputs: (bench) => [{ ...bell(bench), do: "events" }],
    check: ({ output }) => expect(output).toMatchObject({ events: [{ label: "a tone, or tones" }] }),
  },
  {
    skill: "listen",
    backend: "clap",
    entry: ({ weights }) => ({ modelDir: weights.transformers }),
    inputs: (bench) => [{ ...bell(bench), do: "events", labels: ["a bell", "silence"] }],
    check: ({ output }) => expect(output).toMatchObject({ events: [{ label: "a bell", score: 0.8 }] }),
  },
  {
    skill: "listen",
    backend: "openai-compatible",
    entry: ({ audioChat }) => ({ baseUrl: audioChat.baseUrl, model: "hearer" }),
    inputs: (bench) => [bell(bench)],
    check: says("A bell rings."),
  },

  {
    skill: "music",
    backend: "onboard",
    inputs: () => [{ prompt: "a calm piano melody", durationS: 2, seed: 3 }],
    check: isMusic(2),
  },
  {
    skill: "music",
    backend: "musicgen",
    entry: ({ weights }) => ({ modelDir: weights.transformers }),
    inputs: () => [{ prompt: "a waltz", durationS: 1, seed: 3 }],
    check: isMusic(1),
  },
  {
    skill: "music",
    backend: "vllm-omni",
    entry: ({ audio }) => ({ baseUrl: audio.baseUrl }),
    inputs: () => [{ prompt: "a waltz", durationS: 2 }],
    check: isMusic(2),
  },
  {
    skill: "music",
    backend: "own-endpoint",
    entry: ({ musicJobs: { url } }) => ({
      submit: { url: `${url}/api/generate`, jobField: "0.id" },
      poll: {
        url: `${url}/api/get?ids={job}`,
        everyS: 0.5,
        statusField: "0.status",
        audioUrlField: "0.audio_url",
      },
      format: "wav",
      apiKeyEnv: ROW_KEY,
    }),
    inputs: () => [{ prompt: "a waltz" }],
    check: isMusic(3),
  },
];
