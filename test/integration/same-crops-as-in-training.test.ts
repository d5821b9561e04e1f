import { expect, it } from "vitest";
import { cutCrop } from "../../models/train/generator/cut-crop.js";
import { createRandom } from "../../src/domain/random.js";
import { resampleToPlanes } from "../../src/adapters/onnx/resample.js";

it("cuts the second look's crops exactly as the training pictures were cut, over the edge too", () => {
  const random = createRandom(5);
  const [width, height] = [97, 61];
  const rgb = Uint8Array.from({ length: width * height * 3 }, () => random.below(256));

  for (let trial = 0; trial < 12; trial++) {
    const side = random.between(8, 140);
    const [centerX, centerY] = [random.between(-5, width + 5), random.between(-5, height + 5)];
    const expected = cutCrop({ data: rgb, width, height, channels: 3 }, { centerX, centerY, side }, 64);
    const planes = new Float32Array(3 * 64 * 64);
    const region = { x: centerX - side / 2, y: centerY - side / 2, width: side, height: side };
    resampleToPlanes({ rgb, width, height }, region, { data: planes, offset: 0, width: 64, height: 64 });

    const found = Uint8Array.from({ length: planes.length }, (_, i) =>
      Math.round(planes[(i % 3) * 4096 + Math.floor(i / 3)] * 255),
    );
    expect(Buffer.compare(Buffer.from(found), Buffer.from(expected))).toBe(0);
  }
});
