import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { splitSpeech } from "./split-speech.js";

const RATE = 16_000;

/** Seconds of quiet and of something like a voice, in turn: a buzz that comes and goes ten times a second, over noise. */
function scene(parts: readonly (readonly [kind: "quiet" | "voice", seconds: number])[], noise = 0.002): Float32Array {
  const random = createRandom(5);
  return Float32Array.from(
    parts.flatMap(([kind, seconds]) =>
      Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
        const voice = kind === "voice" ? 0.3 * Math.sin(i * 0.3) * (0.55 + 0.45 * Math.sin(i * 0.0039)) : 0;
        return voice + noise * random.between(-1, 1);
      }),
    ),
  );
}
const spansOf = (samples: Float32Array, options = {}): readonly (readonly [number, number])[] =>
  splitSpeech({ samples, sampleRateHz: RATE }, options).map(({ start, end }) => [start / RATE, end / RATE]);

describe("splitSpeech", () => {
  it("finds what is said between pauses, with room around it", () => {
    const spans = spansOf(
      scene([
        ["quiet", 1],
        ["voice", 1.5],
        ["quiet", 2],
        ["voice", 0.4],
        ["quiet", 1],
      ]),
    );

    expect(spans).toHaveLength(2);
    expect(spans[0][0]).toBeCloseTo(0.75, 1);
    expect(spans[0][1]).toBeCloseTo(2.75, 1);
    expect(spans[1][0]).toBeCloseTo(4.25, 1);
  });

  it("keeps a sentence with a short pause together", () => {
    expect(
      spansOf(
        scene([
          ["quiet", 1],
          ["voice", 1],
          ["quiet", 0.4],
          ["voice", 1],
          ["quiet", 1],
        ]),
      ),
    ).toHaveLength(1);
  });

  it.each([
    ["silence", new Float32Array(3 * RATE)],
    ["steady noise", scene([["quiet", 3]], 0.2)],
  ])("finds nothing in %s", (_, samples) => {
    expect(spansOf(samples)).toEqual([]);
  });

  it("finds a voice in loud noise", () => {
    expect(
      spansOf(
        scene(
          [
            ["quiet", 2],
            ["voice", 1],
            ["quiet", 2],
          ],
          0.03,
        ),
      ),
    ).toHaveLength(1);
  });

  it("cuts a speech without pauses into pieces that leave nothing out", () => {
    const spans = spansOf(
      scene([
        ["quiet", 1],
        ["voice", 40],
        ["quiet", 20],
      ]),
      { longestS: 15 },
    );

    expect(spans.length).toBeGreaterThanOrEqual(3);
    for (const [start, end] of spans) expect(end - start).toBeLessThanOrEqual(15.01);
    for (const [i, [, end]] of spans.slice(0, -1).entries()) expect(spans[i + 1][0]).toBeCloseTo(end, 5);
  });

  it("hands over a sound that is too short to have a background, unless it is silent", () => {
    expect(spansOf(scene([["voice", 0.3]]))).toEqual([[0, 0.3]]);
    expect(spansOf(new Float32Array(1_000))).toEqual([]);
    expect(spansOf(new Float32Array())).toEqual([]);
  });
});
