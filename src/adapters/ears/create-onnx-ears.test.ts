import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import { readWav } from "../../domain/speech/read-wav.js";
import { resample } from "../../domain/speech/resample.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { Speaker } from "../../ports/speaker.js";
import type { Transcriber } from "../../ports/transcriber.js";
import { readModelCard } from "../onnx/model-folder.js";
import { createFliteSpeaker } from "../speech/create-flite-speaker.js";
import { createOnnxEars } from "./create-onnx-ears.js";

const modelDir = fileURLToPath(new URL("../../../models/ears", import.meta.url));
const live = (): { signal: AbortSignal } => ({ signal: new AbortController().signal });
const RATE = 16_000;

const make = (seconds: number, sample: (i: number) => number): Sound => ({
  samples: Float32Array.from({ length: seconds * RATE }, (_, i) => sample(i)),
  sampleRateHz: RATE,
});
const random = createRandom(3);
const noise = (seconds: number, level: number): Sound => make(seconds, () => level * random.between(-1, 1));
/** Four chords with overtones, each dying away. */
const music = make(4, (i) => {
  const chord = [220, 262, 196, 247][Math.floor(i / RATE)];
  const tones = [1, 1.26, 1.5].flatMap((ratio) => [1, 2, 3].map((overtone) => chord * ratio * overtone));
  const sum = tones.reduce((total, hz) => total + Math.sin((2 * Math.PI * hz * i) / RATE) / hz, 0);
  return 25 * sum * Math.exp((-3 * (i % RATE)) / RATE);
});

describe("the on-board ears", () => {
  let ears: Transcriber;
  let speaker: Speaker;
  beforeAll(async () => {
    [ears, speaker] = await Promise.all([createOnnxEars({ modelDir }), createFliteSpeaker()]);
  });
  afterAll(() => Promise.all([ears.close(), speaker.close()]));

  async function say(text: string, voice = "slt"): Promise<Sound> {
    const spoken = await speaker.speak(text, { ...live(), voice });
    if (!spoken.ok) throw new Error(spoken.message);
    return spoken.value;
  }
  const hear = (sound: Sound, language?: string) =>
    ears.transcribe(sound, { ...live(), ...(language === undefined ? {} : { language }) });

  it.each(["take the green bag out of the drawer", "open the left drawer", "put the red mug in the sink"])(
    "hears %j",
    async (text) => {
      const result = await hear(await say(text));

      expect(result).toMatchObject({ ok: true, value: { text, language: "en" } });
      expect(result.ok && result.value.confidence).toBeGreaterThan(0.5);
    },
  );

  it("hears it at 48 kHz in two channels, and very softly", async () => {
    const text = "open the left drawer";
    const sound = await say(text);
    const soft = { ...sound, samples: sound.samples.map((sample) => 0.01 * sample) };

    for (const variant of [stereo(resample(sound, 48_000)), soft])
      expect(await hear(variant)).toMatchObject({ ok: true, value: { text } });
  });

  it.each([
    ["silence", make(3, () => 0)],
    ["white noise", noise(3, 0.3)],
    ["music", music],
    ["a click", make(1, (i) => (i === 8_000 ? 1 : 0))],
    ["a hundredth of a second", noise(0.01, 0.1)],
  ])("makes no words of %s", async (_, sound) => {
    expect(await hear(sound)).toMatchObject({ ok: false, code: "nothing-said" });
  });

  it("finds the two sentences in ten minutes of a quiet room", async () => {
    const room = noise(600, 0.002);
    for (const [second, text] of [
      [100, "open the left drawer"],
      [420, "put the red mug in the sink"],
    ] as const)
      room.samples.set((await say(text)).samples, second * RATE);

    expect(await hear(room)).toMatchObject({ value: { text: "open the left drawer. put the red mug in the sink" } });
  });

  it("does not pass off a guess as what was said", async () => {
    const result = await hear(await say("antidisestablishmentarianism pneumonia xylophone quarterback"));

    expect(result).toMatchObject({ ok: false, code: "not-understood" });
  });

  it("gives equal transcripts for equal sounds", async () => {
    const sound = await say("close the drawer");

    expect(await hear(sound)).toEqual(await hear(sound));
  });

  it("refuses sound that no microphone gives, and languages that it does not hear", async () => {
    expect(await hear({ samples: new Float32Array(), sampleRateHz: RATE })).toMatchObject({ code: "bad-sound" });
    expect(await hear({ samples: Float32Array.of(0, Number.NaN), sampleRateHz: RATE })).toMatchObject({
      code: "bad-sound",
    });
    expect(await hear({ samples: new Float32Array(9), sampleRateHz: 0 })).toMatchObject({ code: "bad-sound" });
    expect(await hear(noise(1, 0.1), "fr-FR")).toMatchObject({ code: "unsupported" });
  });

  it("rejects when it is called off, and hears again afterwards", async () => {
    const off = new AbortController();
    const call = ears.transcribe(await say("open the left drawer"), { signal: off.signal });
    off.abort();

    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await hear(await say("open the left drawer"))).toMatchObject({ ok: true });
  });
});

describe("a folder of ears", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "handeye-ears-"));
    const { files } = await readModelCard(modelDir);
    for (const file of ["model.json", ...files.map(({ path }) => path)])
      await copyFile(join(modelDir, file), join(folder, file));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(["ears.onnx", "language.json", "sentences.onnx", "watch.onnx"])(
    "is refused with a flipped bit in %s",
    async (file) => {
      const path = join(folder, file);
      const bytes = await readFile(path);
      const flipped = Buffer.from(bytes);
      flipped[flipped.length >> 1] ^= 1;
      await writeFile(path, flipped);

      await expect(createOnnxEars({ modelDir: folder })).rejects.toMatchObject({ code: "model-damaged" });
      await writeFile(path, bytes);
    },
  );

  it("is refused without its card", async () => {
    await expect(createOnnxEars({ modelDir: join(folder, "none") })).rejects.toMatchObject({ code: "model-missing" });
  });
});

/** Through a file of two channels, of which one is silent. */
function stereo({ samples, sampleRateHz }: Sound): Sound {
  const file = Buffer.alloc(44 + samples.length * 4);
  file.write("RIFF....WAVEfmt ", 0, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(2, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(samples.length * 4, 40);
  for (const [i, sample] of samples.entries()) file.writeInt16LE(Math.round(sample * 0x7fff), 44 + 4 * i);
  const read = readWav(file);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
