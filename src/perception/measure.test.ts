import { describe, expect, it } from "vitest";
import { deproject } from "../domain/geometry/project.js";
import { distance } from "../domain/geometry/vec3.js";
import { kindOf, measure, type Measurement } from "./measure.js";
import { takePicture, type Solid } from "./ray-world.fixture.js";

const COUNTER: Solid = { name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.8, 0.72] };
const standing = (solid: Omit<Solid, "center"> & { at: readonly [number, number] }): Solid => ({
  ...solid,
  center: [solid.at[0], solid.at[1], 0.72 + solid.sizeM[2] / 2],
});

function measureFirst(solids: readonly Solid[]): Measurement {
  const { frame, depth, groundings } = takePicture(solids);
  const measured = measure(frame, depth, groundings[0]);
  if (!measured) throw new Error("nothing measured");
  return measured;
}

/** The smaller of both turns that leave a box the same. */
const yawError = (a: number, b: number): number => Math.abs(Math.asin(Math.sin(a - b)));

describe("measure", () => {
  const cases: readonly (Omit<Solid, "center" | "name"> & { at: readonly [number, number] })[] = [
    { kind: "box", shape: "box", sizeM: [0.1, 0.06, 0.1], yawRad: 0.4, at: [0.45, 0.2] },
    { kind: "sponge", shape: "box", sizeM: [0.09, 0.05, 0.03], yawRad: -0.7, at: [0.4, -0.3] },
    { kind: "block", shape: "box", sizeM: [0.04, 0.04, 0.04], yawRad: 0.2, at: [0.5, 0] },
    { kind: "can", shape: "cylinder", sizeM: [0.06, 0.06, 0.11], at: [0.5, -0.2] },
    { kind: "bottle", shape: "cylinder", sizeM: [0.055, 0.055, 0.2], at: [0.35, 0.3] },
    { kind: "apple", shape: "ellipsoid", sizeM: [0.065, 0.065, 0.06], at: [0.55, 0.1] },
    { kind: "lemon", shape: "ellipsoid", sizeM: [0.07, 0.05, 0.05], yawRad: 1.1, at: [0.42, 0.05] },
  ];
  it.each(cases)("finds a $kind's centre and width within 5 mm, its height within 6 mm", (which) => {
    const solid = standing({ name: `red ${which.kind}`, ...which });

    const { center, sizeM } = measureFirst([solid, COUNTER]).extentInBase;

    expect(Math.hypot(center[0] - which.at[0], center[1] - which.at[1])).toBeLessThan(0.005);
    expect(Math.abs(center[2] - solid.center[2])).toBeLessThan(0.006);
    expect(Math.abs(sizeM[1] - Math.min(which.sizeM[0], which.sizeM[1]))).toBeLessThan(0.005);
  });

  it.each(cases.filter(({ sizeM }) => sizeM[0] > sizeM[1] + 0.01))("finds which way a $kind lies", (which) => {
    const { extentInBase } = measureFirst([standing({ name: `red ${which.kind}`, ...which }), COUNTER]);

    expect(yawError(extentInBase.yawRad, which.yawRad ?? 0)).toBeLessThan(0.1);
  });

  it("points at a pixel that lies on the thing", () => {
    const { frame, depth, groundings } = takePicture([standing({ ...cases[0], name: "red box" }), COUNTER]);

    const measured = measure(frame, depth, groundings[0]);

    const { point, positionInBase } = measured as Measurement;
    const pixel = Math.floor(point.y * 480) * 640 + Math.floor(point.x * 640);
    expect(depth.depthM[pixel]).toBeCloseTo(point.z, 5);
    expect(distance(deproject(frame, point), positionInBase)).toBeLessThan(1e-6);
  });

  it("points at the board itself where its mask takes in what stands in its middle", () => {
    const shelf: Solid = {
      name: "shelf",
      kind: "shelf",
      shape: "box",
      center: [0.7, 0, 0.88],
      sizeM: [0.22, 0.4, 0.02],
    };
    const can: Solid = { name: "can", shape: "cylinder", center: [0.7, 0, 0.94], sizeM: [0.06, 0.06, 0.1] };
    const { groundings } = takePicture([shelf, COUNTER]);
    const { frame, depth } = takePicture([can, { ...shelf, kind: undefined }, COUNTER]);

    const measured = measure(frame, depth, groundings[0]);

    expect(measured?.positionInBase[2]).toBeCloseTo(0.89, 2);
    expect(measured?.extentInBase.center[2]).toBeCloseTo(0.88, 1);
  });

  it("finds the floor of a drawer under a thing whose lower part the front hides", () => {
    const floor: Solid = { name: "floor", shape: "box", center: [0.5, 0, 0.785], sizeM: [0.28, 0.26, 0.01] };
    const front: Solid = { name: "front", shape: "box", center: [0.355, 0, 0.845], sizeM: [0.01, 0.26, 0.12] };
    const bag: Solid = {
      name: "green box",
      kind: "box",
      shape: "box",
      center: [0.4, 0, 0.84],
      sizeM: [0.05, 0.09, 0.1],
    };

    const { extentInBase } = measureFirst([bag, floor, front, COUNTER]);

    expect(extentInBase.center[2] - extentInBase.sizeM[2] / 2).toBeCloseTo(0.79, 2);
    expect(extentInBase.center[2] + extentInBase.sizeM[2] / 2).toBeCloseTo(0.89, 2);
  });

  it("ends a thing that hangs in the air at its own lower edge, not on the counter", () => {
    const inAir: Solid = {
      name: "red can",
      kind: "can",
      shape: "cylinder",
      center: [0.45, 0, 1.0],
      sizeM: [0.06, 0.06, 0.1],
    };

    const { extentInBase } = measureFirst([inAir, COUNTER]);

    expect(extentInBase.center[2]).toBeCloseTo(1.0, 2);
    expect(extentInBase.sizeM[2]).toBeCloseTo(0.1, 1);
  });

  it("keeps its place when the mask is two pixels too wide all around", () => {
    const { frame, depth, groundings } = takePicture([standing({ ...cases[3], name: "red can" }), COUNTER]);
    const { box } = groundings[0];
    const loose = {
      ...groundings[0],
      mask: { width: 1, height: 1, data: new Uint8Array([1]) },
      box: { x0: box.x0 - 2 / 640, y0: box.y0 - 2 / 480, x1: box.x1 + 2 / 640, y1: box.y1 + 2 / 480 },
    };

    const { extentInBase } = measure(frame, depth, loose) as Measurement;

    expect(Math.hypot(extentInBase.center[0] - 0.5, extentInBase.center[1] + 0.2)).toBeLessThan(0.01);
    expect(Math.abs(extentInBase.sizeM[1] - 0.06)).toBeLessThan(0.01);
  });

  it("measures a bar handle's direction, middle and diameter", () => {
    const bar: Solid = {
      name: "handle",
      kind: "handle",
      shape: "box",
      center: [0.55, -0.2, 0.855],
      sizeM: [0.012, 0.12, 0.012],
    };

    const { extentInBase } = measureFirst([bar, COUNTER]);

    expect(distance(extentInBase.center, bar.center)).toBeLessThan(0.008);
    expect(extentInBase.sizeM[0]).toBeCloseTo(0.12, 2);
    expect(extentInBase.sizeM[1]).toBeLessThan(0.025);
    expect(yawError(extentInBase.yawRad, Math.PI / 2)).toBeLessThan(0.05);
  });

  it("gives an opening its inside floor as bottom", () => {
    const floor: Solid = {
      name: "red sink",
      kind: "sink",
      shape: "box",
      center: [0.42, 0.1, 0.595],
      sizeM: [0.28, 0.32, 0.01],
    };
    const rims: Solid[] = [-1, 1].map((side) => ({
      name: "rim",
      shape: "box",
      center: [0.42, 0.1 + side * 0.161, 0.66],
      sizeM: [0.28, 0.002, 0.12],
    }));

    const { extentInBase } = measureFirst([floor, ...rims]);

    expect(extentInBase.center[2] - extentInBase.sizeM[2] / 2).toBeCloseTo(0.6, 2);
  });

  it("does not let a wrong name spoil the place: a carton called a bowl", () => {
    const carton = standing({
      name: "blue bowl",
      kind: "bowl",
      shape: "box",
      sizeM: [0.11, 0.05, 0.11],
      yawRad: 1,
      at: [0.4, 0.3],
    });

    const { center, sizeM } = measureFirst([carton, COUNTER]).extentInBase;

    expect(Math.hypot(center[0] - 0.4, center[1] - 0.3)).toBeLessThan(0.01);
    expect(sizeM[0]).toBeLessThan(0.16);
  });

  it("measures nothing where there is no depth", () => {
    const { frame, groundings } = takePicture([standing({ ...cases[3], name: "red can" }), COUNTER]);
    const blind = { width: 640, height: 480, depthM: new Float32Array(640 * 480), source: "sensor" as const };

    expect(measure(frame, blind, groundings[0])).toBeUndefined();
  });

  it("reads the kind from the label of a grounder that has no attributes", () => {
    expect(kindOf({ label: "the small green bag", box: { x0: 0, y0: 0, x1: 1, y1: 1 }, score: 1 })).toBe("bag");
    expect(kindOf({ label: "teapot", box: { x0: 0, y0: 0, x1: 1, y1: 1 }, score: 1 })).toBeUndefined();
  });
});
