import { describe, expect, it } from "vitest";
import { denseSizeFor, sizeFor } from "./picture-size.js";
import { CLIP_PIXELS, IMAGENET, toPlanes, type Picture } from "./picture-tensor.js";
import type { Kernel } from "./resample.js";

/** One row of grey pixels. */
const row = (...values: readonly number[]): Picture => ({
  width: values.length,
  height: 1,
  rgb: Uint8Array.from(values.flatMap((value) => [value, value, value])),
});
/** The red channel as bytes. */
function resize(picture: Picture, width: number, height: number, kernel: Kernel): number[] {
  const planes = toPlanes(picture, { width, height }, { mean: [0, 0, 0], std: [1, 1, 1], kernel });
  return Array.from(planes.subarray(0, width * height), (value) => Math.round(value * 255));
}

describe("resizing", () => {
  // Worked out by hand: a triangle of half-width 2 around each new centre, cut off at the ends and normalised.
  it("shrinks by a widened triangle, so that stripes become grey rather than vanish", () => {
    expect(resize(row(0, 255, 0, 255, 0, 255, 0, 255), 4, 1, "linear")).toEqual([109, 128, 128, 146]);
    expect(resize(row(0, 0, 0, 80, 0, 0, 0, 0), 4, 1, "linear")).toEqual([0, 30, 10, 0]);
  });

  it("enlarges between the pixels' centres", () => {
    expect(resize(row(0, 100), 4, 1, "linear")).toEqual([0, 25, 75, 100]);
    // Weights of the cubic at a quarter: -0.0703, 0.8672, 0.2266, -0.0234.
    expect(resize(row(0, 0, 128, 0, 0, 0), 12, 1, "cubic").slice(2, 8)).toEqual([0, 29, 111, 111, 29, 0]);
  });

  it("does along columns what it does along rows", () => {
    const wide = row(9, 200, 31, 77, 0, 255);
    const tall = { width: 1, height: 6, rgb: wide.rgb };

    for (const kernel of ["linear", "cubic", "lanczos3", "nearest"] as const) {
      expect(resize(tall, 1, 4, kernel)).toEqual(resize(wide, 4, 1, kernel));
      expect(resize(tall, 1, 9, kernel)).toEqual(resize(wide, 9, 1, kernel));
    }
  });

  it("keeps a plain picture plain", () => {
    const plain: Picture = { width: 5, height: 4, rgb: new Uint8Array(60).fill(173) };

    for (const kernel of ["linear", "cubic", "lanczos3", "nearest"] as const) {
      expect(resize(plain, 7, 3, kernel).every((value) => value === 173)).toBe(true);
    }
  });
});

describe("sizes", () => {
  it.each([
    [640, 480, 1066, 800],
    [480, 640, 800, 1066],
    [1280, 720, 1333, 750],
    [1920, 300, 1333, 208],
    [800, 800, 800, 800],
  ])("brings %d x %d to a short edge of 800 with a long one of 1333 at most", (width, height, toWidth, toHeight) => {
    expect(sizeFor({ shortest_edge: 800, longest_edge: 1333 }, { width, height })).toEqual({
      width: toWidth,
      height: toHeight,
    });
  });

  it("does not keep proportions where a configuration fixes both sides, and can bound the longer side only", () => {
    expect(sizeFor({ width: 800, height: 800 }, { width: 640, height: 480 })).toEqual({ width: 800, height: 800 });
    expect(sizeFor({ longest_edge: 800 }, { width: 640, height: 480 })).toEqual({ width: 800, height: 600 });
  });

  it.each([
    [640, 480, 686, 518],
    [1920, 1080, 924, 518],
    [480, 640, 518, 686],
    [333, 777, 224, 518],
  ])("gives a dense network %d x %d as multiples of 14", (width, height, toWidth, toHeight) => {
    expect(denseSizeFor({ width, height })).toEqual({ width: toWidth, height: toHeight });
  });
});

describe("planes", () => {
  it("are normalised by channel, in the networks' own constants", () => {
    const picture = { width: 2, height: 1, rgb: Uint8Array.from([255, 0, 51, 0, 255, 102]) };

    const planes = toPlanes(picture, { width: 2, height: 1 }, { ...IMAGENET, kernel: "linear" });

    const expected = [2.2489, -2.1179, -2.0357, 2.4286, -0.9156, -0.0267];
    expect(planes.length).toBe(6);
    planes.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 3));
  });

  it("lie at the top left of a padded canvas", () => {
    const picture = { width: 1, height: 1, rgb: Uint8Array.from([255, 255, 255]) };

    const planes = toPlanes(
      picture,
      { width: 1, height: 1 },
      { ...CLIP_PIXELS, kernel: "linear", on: { width: 2, height: 2, left: 0, top: 0, pad: 0.5 } },
    );

    const white = [1.9303, 2.0749, 2.1459];
    const grey = [0.069, 0.1614, 0.3328];
    for (let c = 0; c < 3; c++) {
      expect(planes[c * 4]).toBeCloseTo(white[c], 3);
      for (const i of [1, 2, 3]) expect(planes[c * 4 + i]).toBeCloseTo(grey[c], 3);
    }
  });

  it("can be of the middle of a picture", () => {
    const on = { width: 3, height: 1, left: -1, top: 0, pad: 0 };

    const planes = toPlanes(
      row(1, 2, 3, 4, 5),
      { width: 5, height: 1 },
      { mean: [0, 0, 0], std: [1, 1, 1], kernel: "linear", on },
    );

    expect(Array.from(planes.subarray(0, 3), (value) => Math.round(value * 255))).toEqual([2, 3, 4]);
  });
});
