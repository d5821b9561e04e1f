import { describe, expect, it } from "vitest";
import type { Detection } from "../domain/detection.js";
import { freeSpots } from "./free-spots.js";
import { measure } from "./measure.js";
import { takePicture, type Solid } from "./ray-world.fixture.js";

const COUNTER: Solid = { name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.2, 0.72] };
const FLOOR: Solid = { name: "floor", shape: "box", center: [1, 0, -0.05], sizeM: [4, 4, 0.1] };

function spotsFor(solids: readonly Solid[], state?: "open" | "closed") {
  const { frame, depth, groundings } = takePicture(solids);
  const detections = groundings.flatMap((grounding, i): Detection[] => {
    const measured = measure(frame, depth, grounding);
    if (!measured) return [];
    const attributes = state && {
      ...grounding.attributes,
      color: [],
      kind: [["drawer", 1]] as const,
      state: [[state, 1]] as const,
    };
    return [{ ...measured, attributes: attributes ?? measured.attributes, id: `d${i + 1}`, seenInFrame: 1, ageS: 0 }];
  });
  return { spots: freeSpots({ view: frame, depth, detections }), detections };
}

describe("freeSpots", () => {
  it("finds places on the counter within reach, roomiest first, at most 96", () => {
    const { spots } = spotsFor([COUNTER, FLOOR]);

    expect(spots.length).toBeGreaterThan(6);
    expect(spots.length).toBeLessThanOrEqual(96);
    expect(spots.map((s) => s.clearanceM)).toEqual(spots.map((s) => s.clearanceM).sort((a, b) => b - a));
    for (const {
      positionInBase: [x, y, z],
    } of spots) {
      expect(z).toBeCloseTo(0.72, 2);
      expect(Math.hypot(x, y)).toBeLessThanOrEqual(0.71);
    }
  });

  it("claims no more room than there is to the nearest thing and to the edge", () => {
    const can: Solid = {
      name: "red can",
      kind: "can",
      shape: "cylinder",
      center: [0.45, 0.05, 0.775],
      sizeM: [0.06, 0.06, 0.11],
    };

    const { spots } = spotsFor([COUNTER, FLOOR, can]);

    for (const {
      positionInBase: [x, y],
      clearanceM,
    } of spots) {
      expect(Math.hypot(x - 0.45, y - 0.05) - 0.03).toBeGreaterThanOrEqual(clearanceM - 0.005);
      expect(0.6 - Math.abs(y)).toBeGreaterThanOrEqual(clearanceM - 0.015);
      expect(x - 0.15).toBeGreaterThanOrEqual(clearanceM - 0.015);
    }
  });

  it("offers nothing in front of a closed drawer", () => {
    const drawer: Solid = {
      name: "closed drawer",
      kind: "drawer",
      shape: "box",
      center: [0.75, 0.2, 0.845],
      sizeM: [0.3, 0.26, 0.12],
    };

    const { spots } = spotsFor([COUNTER, FLOOR, drawer], "closed");

    const before = spots.filter(({ positionInBase: [x, y] }) => x > 0.36 && x < 0.6 && Math.abs(y - 0.2) < 0.12);
    expect(before).toEqual([]);
    expect(spots.length).toBeGreaterThan(3);
  });

  it("offers nothing where a tall thing hides the counter", () => {
    const wall: Solid = {
      name: "brown box",
      kind: "box",
      shape: "box",
      center: [0.4, 0, 0.87],
      sizeM: [0.02, 0.3, 0.3],
    };

    const { spots } = spotsFor([COUNTER, FLOOR, wall]);

    expect(spots.filter(({ positionInBase: [x, y] }) => x > 0.42 && x < 0.5 && Math.abs(y) < 0.13)).toEqual([]);
  });

  it("finds none in a picture without depth", () => {
    const { frame } = takePicture([COUNTER]);
    const blind = { width: 640, height: 480, depthM: new Float32Array(640 * 480), source: "sensor" as const };

    expect(freeSpots({ view: frame, depth: blind, detections: [] })).toEqual([]);
  });
});
