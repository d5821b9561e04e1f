import { describe, expect, it } from "vitest";
import { parseFlorenceBoxes, phraseOf } from "./florence-answer.js";
import { toRate } from "./to-rate.js";

describe("what Florence-2 writes", () => {
  it("is boxes in thousandths, each bin standing for its middle", () => {
    const [car] = parseFlorenceBoxes("</s><s><s><s>car<loc_53><loc_333><loc_933><loc_774></s>");

    expect(car.label).toBe("car");
    expect([car.box.x0 * 640, car.box.y0 * 480, car.box.x1 * 640, car.box.y1 * 480]).toEqual(
      [34.24, 160.08, 597.44, 371.76].map((value) => expect.closeTo(value, 2) as number),
    );
  });

  it("may have several boxes for a label, and labels with spaces", () => {
    const text =
      "red mug<loc_1><loc_2><loc_30><loc_40><loc_500><loc_500><loc_600><loc_700>the bag<loc_9><loc_9><loc_20><loc_20>";

    expect(parseFlorenceBoxes(text).map(({ label }) => label)).toEqual(["red mug", "red mug", "the bag"]);
  });

  it.each([
    "",
    "no boxes at all",
    "<loc_1><loc_2><loc_3><loc_4>",
    "mug<loc_1><loc_2>",
    "mug<loc_9><loc_9><loc_2><loc_2>",
  ])("gives nothing for %j", (text) => {
    expect(parseFlorenceBoxes(text)).toEqual([]);
  });

  it("is matched with the phrases by their words", () => {
    expect(phraseOf("a red mug", ["green bag", "red mug"])).toBe("red mug");
    expect(phraseOf("The bag", ["green bag", "red mug"])).toBe("green bag");
    expect(phraseOf("a dog", ["green bag"])).toBeUndefined();
    expect(phraseOf("a dog", [])).toBeUndefined();
  });
});

describe("another rate", () => {
  const tone = (hz: number, sampleRateHz: number) => ({
    samples: Float32Array.from({ length: sampleRateHz / 4 }, (_, i) => Math.sin((i / sampleRateHz) * 2 * Math.PI * hz)),
    sampleRateHz,
  });
  const middle = (samples: Float32Array) => samples.subarray(1000, 3000);
  const level = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);

  it("keeps what is below half of both rates, and lets nothing fold back", () => {
    const kept = middle(toRate(tone(1000, 48_000), 16_000));
    const expected = middle(tone(1000, 16_000).samples);

    expect(Math.max(...kept.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(0.02);
    expect(level(middle(toRate(tone(11_000, 48_000), 16_000)))).toBeLessThan(0.02);
    expect(level(middle(toRate(tone(1000, 8000), 16_000)))).toBeCloseTo(Math.SQRT1_2, 1);
  });
});
