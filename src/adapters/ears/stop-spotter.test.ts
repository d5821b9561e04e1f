import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import { resample } from "../../domain/speech/resample.js";
import type { Speaker } from "../../ports/speaker.js";
import { createFliteSpeaker } from "../speech/create-flite-speaker.js";
import { loadStopSpotter, type StopSpotterMaker } from "./load-stop-spotter.js";
import { readStopLayers, type StopSpotter } from "./stop-spotter.js";

const modelDir = fileURLToPath(new URL("../../../models/ears", import.meta.url));
const HOP = 1_600;
/** Twenty to one. */
const SUSPICION = 3;

describe("the stop spotter", () => {
  let maker: StopSpotterMaker;
  let speaker: Speaker;
  beforeAll(async () => {
    [maker, speaker] = await Promise.all([loadStopSpotter(modelDir), createFliteSpeaker()]);
  });
  afterAll(() => speaker.close());

  /** A sentence with a second of a quiet room on either side. */
  async function stream(text: string, voice = "slt"): Promise<Float32Array> {
    const spoken = await speaker.speak(text, { signal: new AbortController().signal, voice });
    if (!spoken.ok) throw new Error(spoken.message);
    const { samples } = resample(spoken.value, 16_000);
    const random = createRandom(1);
    const out = Float32Array.from({ length: samples.length + 32_000 }, () => 0.001 * random.between(-1, 1));
    for (const [i, sample] of samples.entries()) out[16_000 + i] += sample;
    return out;
  }
  /** Seconds into the stream at which it was heard. */
  function timesHeard(spotter: StopSpotter, samples: Float32Array, hop = HOP): readonly number[] {
    const times: number[] = [];
    for (let at = 0; at < samples.length; at += hop)
      if (spotter.hear(samples.subarray(at, at + hop))) times.push((at + hop) / 16_000);
    return times;
  }

  it.each(["slt", "kal16", "awb"])(
    "suspects stop before half a second has passed since it was said, from %s",
    async (voice) => {
      const samples = await stream("stop", voice);
      const logits: number[] = [];

      timesHeard(
        maker.make(([stop]) => void logits.push(stop)),
        samples,
      );

      const firstS = logits.findIndex((logit) => logit > SUSPICION) * 0.02;
      expect(firstS).toBeGreaterThan(1);
      expect(firstS).toBeLessThan(samples.length / 16_000 - 1 + 0.5);
    },
  );

  it("does not mind other words, nor noise, nor silence", async () => {
    const random = createRandom(2);
    const spotter = maker.make();

    for (const text of ["take the green bag out of the drawer", "put the can on top of the shelf"])
      expect(timesHeard(spotter, await stream(text))).toEqual([]);
    expect(
      timesHeard(
        spotter,
        Float32Array.from({ length: 32_000 }, () => 0.2 * random.between(-1, 1)),
      ),
    ).toEqual([]);
    expect(timesHeard(spotter, new Float32Array(32_000))).toEqual([]);
  });

  it("answers alike however the stream is cut, and anew after a reset", async () => {
    const samples = await stream("okay stop now");
    const answers = (hop: number, spotter: StopSpotter, into: number[]): number[] => {
      into.length = 0;
      timesHeard(spotter, samples, hop);
      return [...into];
    };
    const logits: number[] = [];
    const spotter = maker.make((row) => void logits.push(...row));

    const whole = answers(samples.length, spotter, logits);
    spotter.reset();
    const cut = answers(333, spotter, logits);

    expect(whole.length).toBeGreaterThan(100);
    expect(cut).toEqual(whole);
  });

  it("refuses weights of another size", () => {
    expect(() => readStopLayers(new Uint8Array(10), maker.shape)).toThrow(/found 10 bytes/);
  });
});
