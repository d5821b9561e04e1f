import { describe, expect, it } from "vitest";
import { GRID_HEIGHT, GRID_WIDTH, fitToCanvas } from "./canvas.js";
import { decodeCenters, type DecodeOptions } from "./decode-centers.js";

const CELLS = GRID_WIDTH * GRID_HEIGHT;
const VGA: DecodeOptions = {
  width: 640,
  height: 480,
  fit: fitToCanvas(640, 480),
  threshold: 0.3,
  nmsIou: 0.55,
  most: 40,
  temperature: 1,
};

/** Nothing anywhere, boxes of 10 canvas pixels to every side. */
function createMaps() {
  const center = new Float32Array(3 * CELLS).fill(-9);
  const box = new Float32Array(12 * CELLS).fill(10);
  return {
    center,
    box,
    put: (group: number, column: number, row: number, logit: number, sides?: readonly number[]) => {
      center[group * CELLS + row * GRID_WIDTH + column] = logit;
      sides?.forEach((side, k) => {
        box[(group * 4 + k) * CELLS + row * GRID_WIDTH + column] = side;
      });
    },
  };
}

describe("decodeCenters", () => {
  it("reads a peak's box in the pixels of a picture twice the canvas' size", () => {
    const { center, box, put } = createMaps();
    put(1, 20, 10, 2, [12, 6, 8, 14]);

    const [found, ...others] = decodeCenters(center, box, VGA);

    expect(others).toEqual([]);
    // The cell's centre is at canvas (82, 42).
    expect(found).toEqual({ group: 1, score: expect.closeTo(0.8808, 3), x0: 140, y0: 72, x1: 180, y1: 112 });
  });

  it("takes only the highest of neighbouring cells, and one of a plateau", () => {
    const { center, box, put } = createMaps();
    put(0, 20, 10, 2);
    put(0, 21, 10, 1.5);
    put(0, 50, 30, 1);
    put(0, 51, 30, 1);

    expect(decodeCenters(center, box, VGA)).toHaveLength(2);
  });

  it("drops doubles of one group, and keeps a thing in a container", () => {
    const { center, box, put } = createMaps();
    put(0, 20, 10, 2);
    put(0, 22, 10, 1, [18, 10, 2, 10]);
    put(1, 20, 12, 1.5);

    expect(decodeCenters(center, box, VGA).map(({ group }) => group)).toEqual([0, 1]);
  });

  it("gives the best first, no more than asked for, none below the threshold", () => {
    const { center, box, put } = createMaps();
    for (let i = 0; i < 9; i++) put(0, 8 * i + 4, 20, i / 10);
    put(0, 40, 40, -1.2);

    const found = decodeCenters(center, box, { ...VGA, most: 5 });

    expect(found).toHaveLength(5);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(decodeCenters(center, box, VGA)).toHaveLength(9);
  });

  it("softens scores by the temperature", () => {
    const { center, box, put } = createMaps();
    put(0, 20, 10, 2);

    expect(decodeCenters(center, box, { ...VGA, temperature: 2 })[0].score).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  });

  it("clips boxes to the picture and drops those that lie in the padding of a portrait", () => {
    const { center, box, put } = createMaps();
    const portrait = { ...VGA, width: 480, height: 640, fit: fitToCanvas(480, 640) };
    put(0, 1, 30, 3);
    put(0, 18, 30, 2, [20, 10, 10, 10]);

    const found = decodeCenters(center, box, portrait);

    expect(found).toHaveLength(1);
    expect(found[0].x0).toBe(0);
    expect(found[0].x1).toBeCloseTo((18.5 * 4 + 10 - 70) / (240 / 640), 5);
  });

  it("survives outputs that are not numbers", () => {
    const { center, box } = createMaps();
    center.fill(Number.NaN);
    expect(decodeCenters(center, box, VGA)).toEqual([]);

    center.fill(5);
    box.fill(Number.NaN);
    expect(decodeCenters(center, box, VGA)).toEqual([]);
  });
});
