import { describe, expect, it } from "vitest";
import { resample } from "./resample.js";
import type { Sound } from "./sound.js";

const tone = (hz: number, sampleRateHz: number, seconds = 0.5): Sound => ({
  samples: Float32Array.from({ length: sampleRateHz * seconds }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  ),
  sampleRateHz,
});
/** Loudness away from the ends, where the filter has no neighbours. */
const level = ({ samples }: Sound): number => {
  const middle = samples.subarray(samples.length >> 2, (samples.length * 3) >> 2);
  return Math.sqrt(middle.reduce((sum, value) => sum + value * value, 0) / middle.length);
};

describe("resample", () => {
  it.each([8_000, 11_025, 22_050, 44_100, 48_000])("keeps a tone of 1 kHz from %i Hz as it is", (rate) => {
    const { samples, sampleRateHz } = resample(tone(1_000, rate), 16_000);

    expect(sampleRateHz).toBe(16_000);
    expect(Math.abs(samples.length - 8_000)).toBeLessThanOrEqual(1);
    for (let i = 2_000; i < 6_000; i += 37)
      expect(samples[i]).toBeCloseTo(Math.sin((2 * Math.PI * 1_000 * i) / 16_000), 2);
  });

  it("silences what the lower rate cannot carry instead of folding it into speech", () => {
    expect(level(resample(tone(11_000, 48_000), 16_000))).toBeLessThan(0.002);
  });

  it("keeps a steady level steady", () => {
    const flat = { samples: new Float32Array(4_410).fill(0.5), sampleRateHz: 44_100 };

    const { samples } = resample(flat, 16_000);

    for (const value of samples.subarray(100, 1_500)) expect(value).toBeCloseTo(0.5, 4);
  });

  it("leaves a sound of the wanted rate alone", () => {
    const sound = tone(440, 16_000);

    expect(resample(sound, 16_000)).toBe(sound);
  });
});
