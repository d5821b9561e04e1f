import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import type { Sound } from "../../domain/speech/sound.js";
import type { Speaker } from "../../ports/speaker.js";
import { createFliteSpeaker } from "../speech/create-flite-speaker.js";
import { openStopWatch, type StopWatchLink } from "./open-stop-watch.js";

const modelDir = fileURLToPath(new URL("../../../models/ears", import.meta.url));
const { signal } = new AbortController();

describe("the watch for words to stop, with its weights", () => {
  let watch: StopWatchLink;
  let speaker: Speaker;
  beforeAll(async () => {
    [watch, speaker] = await Promise.all([openStopWatch({ modelDir }), createFliteSpeaker()]);
  });
  afterAll(() => Promise.all([watch.close(), speaker.close()]));

  async function said(text: string, voice: string): Promise<Sound> {
    const spoken = await speaker.speak(text, { signal, voice });
    if (!spoken.ok) throw new Error(spoken.message);
    return spoken.value;
  }

  it.each([
    ["stop", "slt"],
    ["please stop", "kal16"],
    ["stop now", "awb"],
  ])('hears the word in "%s" from %s', async (text, voice) => {
    expect(await watch.hear(await said(text, voice), { signal })).toMatchObject({ word: "stop" });
  });

  it.each([
    ["take the green bag out of the drawer", "slt"],
    ["put the can on top of the shelf", "rms"],
    ["the shop is at the top of the street", "awb"],
  ])('hears none in "%s" from %s', async (text, voice) => {
    expect(await watch.hear(await said(text, voice), { signal })).toBeUndefined();
  });

  it.each<[string, (i: number) => number]>([
    ["silence", () => 0],
    ["a hum", (i) => 0.5 * Math.sin((2 * Math.PI * 120 * i) / 48_000)],
    ["clipped chords", (i) => Math.sign(Math.sin(i / 40) + Math.sin(i / 31) + Math.sin(i / 23))],
    ["no numbers", () => NaN],
  ])("hears none in %s", async (_, sampleOf) => {
    const samples = Float32Array.from({ length: 96_000 }, (__, i) => sampleOf(i));

    expect(await watch.hear({ samples, sampleRateHz: 48_000 }, { signal })).toBeUndefined();
  });

  it("hears none in noise, nor in no sound at all", async () => {
    const random = createRandom(4);
    const noise = Float32Array.from({ length: 64_000 }, () => random.between(-0.3, 0.3));

    expect(await watch.hear({ samples: noise, sampleRateHz: 16_000 }, { signal })).toBeUndefined();
    expect(await watch.hear({ samples: new Float32Array(0), sampleRateHz: 16_000 }, { signal })).toBeUndefined();
  });

  it("hears the word through loud clipping, and at another rate", async () => {
    const { samples, sampleRateHz } = await said("stop", "slt");
    const clipped = samples.map((sample) => Math.max(-1, Math.min(1, 6 * sample)));

    expect(await watch.hear({ samples: clipped, sampleRateHz }, { signal })).toMatchObject({ word: "stop" });
  });

  it("does not open a folder without weights", async () => {
    await expect(openStopWatch({ modelDir: "/nowhere" })).rejects.toMatchObject({ code: "model-missing" });
  });
});
