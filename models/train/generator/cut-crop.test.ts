import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/domain/random.js";
import { resampleToPlanes } from "../../../src/adapters/onnx/resample.js";
import { cutCrop } from "./cut-crop.js";

const WIDTH = 40;
const HEIGHT = 30;
const random = createRandom(1);
const rgb = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => random.below(256));
const picture = { data: rgb, width: WIDTH, height: HEIGHT, channels: 3 };

describe("cutCrop", () => {
  it("copies pixels where one crop pixel is one picture pixel", () => {
    const crop = cutCrop(picture, { centerX: 12, centerY: 9, side: 8 }, 8);

    const row = rgb.subarray((5 * WIDTH + 8) * 3, (5 * WIDTH + 16) * 3);
    expect(crop.subarray(0, 24)).toEqual(row);
  });

  it("repeats the edge beyond the picture", () => {
    const crop = cutCrop(picture, { centerX: -20, centerY: 0.5, side: 1 }, 1);

    expect(crop).toEqual(rgb.subarray(0, 3));
  });

  it.each([
    { centerX: 20.3, centerY: 14.8, side: 26.5 },
    { centerX: 2, centerY: 28, side: 9.7 },
  ])("is what the runtime cuts: $centerX, $centerY, $side", (square) => {
    const size = 16;
    const planes = new Float32Array(3 * size * size);
    const region = {
      x: square.centerX - square.side / 2,
      y: square.centerY - square.side / 2,
      width: square.side,
      height: square.side,
    };
    resampleToPlanes({ rgb, width: WIDTH, height: HEIGHT }, region, {
      data: planes,
      offset: 0,
      width: size,
      height: size,
    });

    const crop = cutCrop(picture, square, size);

    const interleaved = Uint8Array.from(crop, (_, i) =>
      Math.round(planes[(i % 3) * size * size + Math.floor(i / 3)] * 255),
    );
    expect(crop).toEqual(interleaved);
  });
});
