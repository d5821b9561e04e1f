import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tone } from "../../../test/support/audio-files.js";
import { createFliteSpeaker } from "../../adapters/speech/create-flite-speaker.js";
import type { Speaker } from "../../ports/speaker.js";
import { createRandom } from "../random.js";
import { soundFacts, soundKind } from "./sound-facts.js";
import type { Sound } from "./sound.js";

const RATE_HZ = 16_000;
const sampled = (seconds: number, at: (i: number) => number): Sound => ({
  samples: Float32Array.from({ length: seconds * RATE_HZ }, (_, i) => at(i)),
  sampleRateHz: RATE_HZ,
});
const dice = createRandom(7);
const hiss = (): number => dice.between(-1, 1);
const sine = (i: number, hertz: number): number => Math.sin((i / RATE_HZ) * 2 * Math.PI * hertz);

describe("facts of a sound", () => {
  it("are its length, its loudness and how much of it is silent", () => {
    const half = sampled(2, (i) => (i < RATE_HZ ? Math.SQRT1_2 * sine(i, 440) : 0));

    const { durationS, loudnessDbfs, peakDbfs, silentShare } = soundFacts(half);

    expect(durationS).toBe(2);
    // A sine of amplitude 1/√2 has an RMS of 1/2; over twice its time, 1/√8: -9.03 dB.
    expect(loudnessDbfs).toBeCloseTo(-9.03, 1);
    expect(peakDbfs).toBeCloseTo(-3.01, 1);
    expect(silentShare).toBeCloseTo(0.5, 2);
  });

  it("hold for silence and for next to nothing", () => {
    expect(soundFacts(tone({ seconds: 1, amplitude: 0 }))).toEqual({
      durationS: 1,
      loudnessDbfs: -100,
      peakDbfs: -100,
      silentShare: 1,
    });
    expect(soundFacts({ samples: new Float32Array(1), sampleRateHz: 8_000 }).silentShare).toBe(1);
  });
});

describe("the kind of a sound", () => {
  let speaker: Speaker;
  beforeAll(async () => {
    speaker = await createFliteSpeaker();
  });
  afterAll(() => speaker.close());

  it.each(["slt", "rms", "awb", "kal16", "kal"])("is speech for the voice %s", async (voice) => {
    const { signal } = new AbortController();
    const said = await speaker.speak("Please put the red mug into the sink, and then come back.", { signal, voice });

    expect(said.ok && soundKind(said.value)).toBe("speech");
  });

  it.each([
    ["silence", tone({ seconds: 1, amplitude: 0 })],
    ["tone", tone({ seconds: 2, hertz: 440 })],
    ["tone", tone({ seconds: 2, hertz: 1_500, sampleRateHz: 48_000 })],
    ["tone", sampled(3, (i) => (Math.floor(i / 4_000) % 2) * 0.3 * sine(i, 880))],
    ["tone", sampled(3, (i) => 0.1 * (sine(i, 262) + sine(i, 330) + sine(i, 392)))],
    ["noise", sampled(2, () => 0.2 * hiss())],
    ["noise", sampled(3, (i) => 0.5 * Math.exp(-(i % 6_000) / 300) * hiss())],
  ] as const)("is %s", (kind, sound) => {
    expect(soundKind(sound)).toBe(kind);
  });
});
