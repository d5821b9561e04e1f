import { describe, expect, it } from "vitest";
import { paintFrame } from "../../../../test/support/painted-frame.js";
import type { Frame } from "../../../domain/frame.js";
import { deproject } from "../../../domain/geometry/project.js";
import type { DenseMap } from "../weights-messages.js";
import { scaleInverseDepth } from "./scale-inverse-depth.js";

const WIDTH = 112;
const HEIGHT = 84;
const TABLE_M = 0.72;
/** The painted frames' camera: 1.5 m up, looking 45 degrees down. */
const frame = paintFrame({ width: 160, height: 120 });

/** Metres along the optical axis to a plane at this height, for a cell of the map. */
function planeDepth(column: number, row: number, heightM: number): number {
  const point = { x: (column + 0.5) / WIDTH, y: (row + 0.5) / HEIGHT, z: 1 };
  const [, , z] = deproject(frame, point);
  return (heightM - 1.5) / (z - 1.5);
}

/** What a relative network would say of metres: (1 / metres - 0.1) / 0.4, its gain and shift unknown to the code. */
function relative(depthOf: (column: number, row: number) => number): DenseMap {
  const values = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const metres = depthOf(i % WIDTH, Math.floor(i / WIDTH));
    return (1 / metres - 0.1) / 0.4;
  });
  return { width: WIDTH, height: HEIGHT, values, unit: "inverse" };
}

/** A table with a box on a third of it. */
const tableWithBox = (column: number, row: number): number =>
  planeDepth(column, row, TABLE_M) * (column > 30 && column < 68 ? 0.8 : 1);

describe("metres from relative depth", () => {
  it("come from a plane whose height is known, whatever stands on it", () => {
    const scaled = scaleInverseDepth(relative(tableWithBox), frame, { planesM: [TABLE_M] });

    if (!scaled.ok) throw new Error(scaled.message);
    expect(scaled.value.fit.gain).toBeCloseTo(0.4, 3);
    expect(scaled.value.fit.offset).toBeCloseTo(0.1, 3);
    const { depthM } = scaled.value;
    expect(depthM[40 * WIDTH + 50]).toBeCloseTo(tableWithBox(50, 40), 2);
    expect(depthM[40 * WIDTH + 5]).toBeCloseTo(tableWithBox(5, 40), 2);
  });

  it("come from two planes of which each shows only in a part of the picture", () => {
    const scene = (column: number, row: number): number => planeDepth(column, row, row > 40 ? TABLE_M : 0);

    const scaled = scaleInverseDepth(relative(scene), frame, { planesM: [0, TABLE_M] });

    if (!scaled.ok) throw new Error(scaled.message);
    expect(scaled.value.depthM[60 * WIDTH + 50]).toBeCloseTo(scene(50, 60), 2);
    expect(scaled.value.depthM[10 * WIDTH + 50]).toBeCloseTo(scene(50, 10), 2);
  });

  it("come from the camera's own readings where it has some, outliers and holes or not", () => {
    const depthM = Float32Array.from({ length: 160 * 120 }, (_, i) => {
      if (i % 5 === 0) return 0;
      if (i % 7 === 0) return 4;
      const [u, v] = [i % 160, Math.floor(i / 160)];
      return tableWithBox(((u + 0.5) / 160) * WIDTH - 0.5, ((v + 0.5) / 120) * HEIGHT - 0.5);
    });
    const measured: Frame = { ...frame, depthM };

    const scaled = scaleInverseDepth(relative(tableWithBox), measured, { planesM: [] });

    if (!scaled.ok) throw new Error(scaled.message);
    expect(scaled.value.depthM[60 * WIDTH + 10]).toBeCloseTo(tableWithBox(10, 60), 2);
  });

  it("are refused without anything to scale by", () => {
    expect(scaleInverseDepth(relative(tableWithBox), frame, { planesM: [] })).toMatchObject({
      ok: false,
      code: "no-anchors",
      message: expect.stringContaining("perception.depth.planesM"),
    });
  });

  it.each([
    ["noise", (column: number, row: number) => 0.5 + ((column * 7919 + row * 104_729) % 997) / 300],
    ["upside down", (column: number, row: number) => 3 - planeDepth(column, row, TABLE_M)],
    ["the same everywhere", () => 1],
  ])("are refused when the network's depth is %s", (_, depthOf) => {
    expect(scaleInverseDepth(relative(depthOf), frame, { planesM: [TABLE_M] })).toMatchObject({
      ok: false,
      code: "poor-fit",
    });
  });

  it("are the same for the same picture", () => {
    const map = relative(tableWithBox);

    expect(scaleInverseDepth(map, frame, { planesM: [TABLE_M] })).toEqual(
      scaleInverseDepth(map, frame, { planesM: [TABLE_M] }),
    );
  });
});
