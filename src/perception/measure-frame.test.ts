import { describe, expect, it } from "vitest";
import type { DepthMap } from "../domain/frame.js";
import { deproject } from "../domain/geometry/project.js";
import { distance } from "../domain/geometry/vec3.js";
import { measureFrame } from "./measure-frame.js";
import { kindOf, type Measurement } from "./measure.js";
import { HEAD, takePicture, type Solid } from "./ray-world.fixture.js";

const COUNTER: Solid = { name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.8, 0.72] };
const standing = (solid: Omit<Solid, "center"> & { at: readonly [number, number] }): Solid => ({
  ...solid,
  center: [solid.at[0], solid.at[1], 0.72 + solid.sizeM[2] / 2],
});

/** What a network makes of it: coarse, and off by a few parts in a hundred, more so to one side. */
function asEstimated({ width, height, depthM }: DepthMap, off: number): DepthMap {
  const [columns, rows] = [80, 60];
  const coarse = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const seen =
        depthM[Math.floor(((row + 0.5) / rows) * height) * width + Math.floor(((column + 0.5) / columns) * width)];
      coarse[row * columns + column] = seen * (1 + off * (0.6 + (0.8 * column) / columns));
    }
  }
  return { width: columns, height: rows, depthM: coarse, source: "model" };
}

async function look(solids: readonly Solid[], options: { off?: number; heights?: object } = {}) {
  const { frame, depth, groundings } = takePicture(solids);
  const estimated = asEstimated(depth, options.off ?? 0.03);
  return measureFrame(frame, { depth: estimated, groundings, heights: options.heights ?? { worktop: 0.72 } });
}

const only = ({ measured }: { readonly measured: readonly Measurement[] }): Measurement => measured[0];
const yawError = (a: number, b: number): number => Math.abs(Math.asin(Math.sin(a - b)));

describe("measuring without a depth sensor", () => {
  const cases: readonly (Omit<Solid, "center" | "name"> & { at: readonly [number, number] })[] = [
    { kind: "box", shape: "box", sizeM: [0.09, 0.06, 0.1], yawRad: 0.4, at: [0.45, 0.2] },
    { kind: "sponge", shape: "box", sizeM: [0.09, 0.05, 0.03], yawRad: -0.7, at: [0.4, -0.3] },
    { kind: "block", shape: "box", sizeM: [0.04, 0.04, 0.04], yawRad: 0.2, at: [0.5, 0] },
    { kind: "can", shape: "cylinder", sizeM: [0.06, 0.06, 0.11], at: [0.5, -0.2] },
    { kind: "apple", shape: "ellipsoid", sizeM: [0.065, 0.065, 0.06], at: [0.55, 0.1] },
    { kind: "lemon", shape: "ellipsoid", sizeM: [0.07, 0.05, 0.05], yawRad: 1.1, at: [0.42, 0.05] },
  ];
  it.each(cases)("finds a $kind within a centimetre though its depth is off by three", async (which) => {
    const solid = standing({ name: `red ${which.kind}`, ...which });

    const { center, sizeM } = only(await look([solid, COUNTER])).extentInBase;

    expect(Math.hypot(center[0] - which.at[0], center[1] - which.at[1])).toBeLessThan(0.008);
    expect(Math.abs(center[2] - solid.center[2])).toBeLessThan(0.008);
    expect(Math.abs(sizeM[1] - Math.min(which.sizeM[0], which.sizeM[1]))).toBeLessThan(0.009);
  });

  it.each(cases.filter(({ sizeM }) => sizeM[0] > sizeM[1] + 0.01))("finds which way a $kind lies", async (which) => {
    const { extentInBase } = only(await look([standing({ name: `red ${which.kind}`, ...which }), COUNTER]));

    expect(yawError(extentInBase.yawRad, which.yawRad ?? 0)).toBeLessThan(0.15);
  });

  it("estimates the height of the work surface where nobody has measured it", async () => {
    const which = cases[3];

    const { center } = only(
      await look([standing({ name: "red can", ...which }), COUNTER], { off: 0.01, heights: {} }),
    ).extentInBase;

    expect(Math.hypot(center[0] - which.at[0], center[1] - which.at[1])).toBeLessThan(0.03);
  });

  it("takes a thing on a shelf to stand on the board", async () => {
    const board: Solid = {
      name: "shelf",
      kind: "shelf",
      shape: "box",
      center: [0.71, 0.1, 0.88],
      sizeM: [0.22, 0.5, 0.02],
    };
    const can: Solid = {
      name: "can",
      kind: "can",
      shape: "cylinder",
      center: [0.66, 0.1, 0.94],
      sizeM: [0.055, 0.055, 0.1],
    };

    const { measured } = await look([can, board, COUNTER], { heights: { worktop: 0.72, shelf: 0.89 } });

    const found = measured.find((m) => kindOf(m) === "can");
    expect(distance(found?.extentInBase.center ?? [0, 0, 0], can.center)).toBeLessThan(0.015);
  });

  it("finds a handle by its height, and its drawer by its handle", async () => {
    const front: Solid = {
      name: "drawer",
      kind: "drawer",
      shape: "box",
      center: [0.611, -0.2, 0.845],
      sizeM: [0.022, 0.26, 0.12],
    };
    const bar: Solid = {
      name: "handle",
      kind: "handle",
      shape: "box",
      center: [0.56, -0.2, 0.855],
      sizeM: [0.016, 0.13, 0.016],
    };
    const heights = { worktop: 0.72, drawer: 0.796, handle: 0.855 };

    const { measured } = await look([bar, front, COUNTER], { heights });

    const [handle, drawer] = ["handle", "drawer"].map((kind) => measured.find((m) => kindOf(m) === kind)?.extentInBase);
    expect(handle?.center[0]).toBeCloseTo(0.56, 1.7);
    expect(handle?.center[1]).toBeCloseTo(-0.2, 1.7);
    expect(drawer && drawer.center[0] - drawer.sizeM[0] / 2).toBeCloseTo(0.6, 1.5);
  });

  it("gives a point that is where it says it is", async () => {
    const { point, positionInBase } = only(await look([standing({ name: "red box", ...cases[0] }), COUNTER]));

    expect(distance(deproject(HEAD, point), positionInBase)).toBeLessThan(1e-6);
  });

  it("levels the depth of surfaces and lets bodies stand out of it", async () => {
    const { depth, measured } = await look([standing({ name: "red box", ...cases[0] }), COUNTER]);
    const at = (x: number, y: number): number =>
      depth.depthM[Math.floor(y * depth.height) * depth.width + Math.floor(x * depth.width)];

    const { point } = only({ measured });
    expect(at(point.x, point.y)).toBeCloseTo(point.z, 5);
    expect(deproject(HEAD, { x: 0.5, y: 0.6, z: at(0.5, 0.6) })[2]).toBeCloseTo(0.72, 2);
  });
});
