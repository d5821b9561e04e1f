import { describe, expect, it } from "vitest";
import { transformPoint } from "../../domain/geometry/pose.js";
import { paintFrame } from "../../../test/support/painted-frame.js";
import { cropGrid, drawCanvas, drawRays, fitToCanvas, GRID_HEIGHT, GRID_WIDTH } from "./canvas.js";

const CELLS = GRID_WIDTH * GRID_HEIGHT;

describe("canvas", () => {
  it("halves a VGA picture by the rounded mean of four pixels", () => {
    const frame = paintFrame({ squares: [{ x: 100, y: 50, side: 1, rgb: [255, 40, 7] }] });

    const planes = drawCanvas(frame, fitToCanvas(640, 480));

    const at = 25 * 320 + 50;
    expect([planes[at], planes[76_800 + at], planes[2 * 76_800 + at]].map((v) => Math.round(v * 255))).toEqual([
      64, 10, 2,
    ]);
    expect(planes.filter((v) => v > 0)).toHaveLength(3);
  });

  it("gives pictures of other proportions a grey border", () => {
    const planes = drawCanvas(paintFrame({ width: 240, height: 480 }), fitToCanvas(240, 480));

    const row = planes.subarray(100 * 320, 101 * 320);
    expect(row.findIndex((v) => v === 0)).toBe(100);
    expect(row.filter((v) => v === 0.5)).toHaveLength(200);
  });

  it("sends every cell's ray through the point of the world that the cell's centre shows", () => {
    const { intrinsics, poseInBase } = paintFrame();

    const rays = drawRays(intrinsics, poseInBase, fitToCanvas(640, 480));

    for (const [column, row] of [
      [0, 0],
      [79, 59],
      [33, 17],
    ]) {
      const [u, v] = [(column + 0.5) * 8, (row + 0.5) * 8];
      const { fx, fy, cx, cy } = intrinsics;
      const onRay = transformPoint(poseInBase, [((u - cx) / fx) * 2, ((v - cy) / fy) * 2, 2]);
      const offset = onRay.map((value, i) => value - poseInBase.position[i]);
      const length = Math.hypot(...offset);
      for (let k = 0; k < 3; k++)
        expect(rays[k * CELLS + row * GRID_WIDTH + column]).toBeCloseTo(offset[k] / length, 5);
      expect(rays[3 * CELLS + row * GRID_WIDTH + column]).toBeCloseTo(1.5, 6);
    }
  });

  it("cuts the border off again from what the detector answers", () => {
    const plane = Float32Array.from({ length: CELLS }, (_, i) => i % GRID_WIDTH);

    const { width, height, data } = cropGrid(plane, fitToCanvas(240, 480));

    expect([width, height]).toEqual([30, 60]);
    expect(data[0]).toBe(25);
    expect(data[29]).toBe(54);
  });
});
