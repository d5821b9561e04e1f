import { describe, expect, it } from "vitest";
import { createRandom } from "../../domain/random.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { drawCanvas, fitToCanvas } from "./canvas.js";
import { LIGHT_VALUES, pictureLight } from "./picture-light.js";

const VGA = fitToCanvas(640, 480);

describe("the light of a picture", () => {
  it("is what training saw: these numbers come from light_of in models/train/eyes/data.py", () => {
    const canvas = Float32Array.from({ length: 3 * 240 * 320 }, (_, i) => {
      const [c, y, x] = [Math.floor(i / 76_800), Math.floor((i % 76_800) / 320), i % 320];
      return ((x * x * 7 + y * 13 + c * 29 + x * y) % (256 - 40 * c)) / 255;
    });

    const light = pictureLight(canvas, VGA).map((value) => Math.round(value * 255));

    expect(light).toEqual([126, 107, 86, 242, 207, 168]);
  });

  it("is the value in the middle, and the one that a twentieth of the pixels exceed, channel by channel", () => {
    const random = createRandom(11);
    const canvas = Float32Array.from({ length: 3 * 240 * 320 }, () => random.below(256) / 255);
    const kept = (channel: number): number[] =>
      [...canvas.subarray(channel * 76_800, (channel + 1) * 76_800)].filter(
        (_, i) => i % 2 === 0 && Math.floor(i / 320) % 2 === 0,
      );
    const valueAt = (channel: number, quantile: number): number => {
      const sorted = kept(channel).sort((a, b) => a - b);
      return sorted[Math.floor(quantile * (sorted.length - 1))];
    };

    const light = pictureLight(canvas, VGA);

    const expected = [0.5, 0.95].flatMap((quantile) => [0, 1, 2].map((channel) => valueAt(channel, quantile)));
    expect(light).toHaveLength(LIGHT_VALUES);
    light.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  });

  it("does not count the bars around a picture of other proportions", () => {
    const tall = { ...paintFrame({ width: 240, height: 480 }), rgb: new Uint8Array(240 * 480 * 3).fill(51) };
    const fit = fitToCanvas(240, 480);

    expect(pictureLight(drawCanvas(tall, fit), fit).map((value) => Math.round(value * 255))).toEqual(
      Array.from({ length: 6 }, () => 51),
    );
  });
});
