import sharp from "sharp";
import { expect, it } from "vitest";
import { encodePicture } from "./encode-picture.js";

it("gives a JPEG of exactly the size asked for, with its colours", async () => {
  const rgb = new Uint8Array(40 * 30 * 3);
  for (let i = 0; i < rgb.length; i += 3) rgb.set([200, 40, 40], i);

  const image = await encodePicture({ width: 40, height: 30, rgb }, { width: 28, height: 56 });
  const { data, info } = await sharp(image.data).raw().toBuffer({ resolveWithObject: true });

  expect(info).toMatchObject({ width: 28, height: 56 });
  expect(image).toMatchObject({ mediaType: "image/jpeg", width: 28, height: 56 });
  expect(Math.abs(data[0] - 200)).toBeLessThan(8);
  expect(Math.abs(data[1] - 40)).toBeLessThan(8);
});
