import { expect, it } from "vitest";
import { drawDepth } from "./draw-depth.js";

const pixel = ({ rgb, width }: { rgb: Uint8Array; width: number }, x: number, y: number): readonly number[] => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

it("gives the legend the very colours of the picture, near at the top", () => {
  const depthM = Float32Array.from({ length: 80 * 60 }, (_, i) => (i % 80 < 40 ? 0.5 : 2));

  const picture = drawDepth({ width: 80, height: 60, depthM });
  const barX = 80 * 6 + 8 + 8;
  const column = Array.from({ length: picture.height }, (_, y) => pixel(picture, barX, y).join());

  expect([picture.nearM, picture.farM]).toEqual([0.5, 2]);
  expect(column).toContain(pixel(picture, 10, 10).join());
  expect(column.indexOf(pixel(picture, 10, 10).join())).toBeLessThan(40);
});

it("draws a place without a reading gray, in no colour of the legend", () => {
  const picture = drawDepth({ width: 80, height: 60, depthM: new Float32Array(80 * 60) });

  expect(pixel(picture, 5, 5)).toEqual([96, 96, 96]);
});
