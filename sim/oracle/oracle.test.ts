import { describe, expect, it } from "vitest";
import type { Frame } from "../../src/domain/frame.js";
import { IDENTITY_POSE } from "../../src/domain/geometry/pose.js";
import { describeDepthContract } from "../../test/contract/depth-contract.js";
import { describeGrounderContract } from "../../test/contract/grounder-contract.js";
import type { FrameTruth, SimTruth } from "../physics/truth.js";
import { createOracleDepth } from "./create-oracle-depth.js";
import { createOracleGrounder } from "./create-oracle-grounder.js";
import { drawerStateOf } from "./instance-words.js";

const WIDTH = 64;
const HEIGHT = 48;
const NAMES = ["background", "object:bag-1", "drawer:drawer-left", "handle:drawer-left", "region:zone-blue", "robot"];

const SNAPSHOT = {
  timeMs: 0,
  hardestBumpN: 0,
  hardestPressN: 0,
  objects: [
    {
      id: "bag-1",
      kind: "bag" as const,
      color: "green" as const,
      size: "small" as const,
      sizeM: [0.08, 0.05, 0.1] as const,
      pose: IDENTITY_POSE,
      inContactWith: [],
      held: false,
    },
  ],
  drawers: [{ id: "drawer-left", openM: 0.06 }],
};

/** Rectangles of instance ids, by corner and size in pixels. */
function truthOf(rectangles: readonly (readonly [id: number, x: number, y: number, w: number, h: number])[]): SimTruth {
  const instanceIds = new Uint8Array(WIDTH * HEIGHT);
  for (const [id, x, y, w, h] of rectangles) {
    for (let row = y; row < y + h; row++) instanceIds.fill(id, row * WIDTH + x, row * WIDTH + x + w);
  }
  const depthM = new Float32Array(WIDTH * HEIGHT).fill(1.25);
  const picture = { width: WIDTH, height: HEIGHT, instanceIds, names: NAMES, depthM, snapshot: SNAPSHOT };
  const known: readonly FrameTruth[] = [
    { ...picture, sequence: 7 },
    { ...picture, sequence: 8, instanceIds: new Uint8Array(WIDTH * HEIGHT) },
  ];
  return {
    snapshot: async () => SNAPSHOT,
    instanceIdsFor: async (sequence) => known.find((truth) => truth.sequence === sequence),
  };
}

const frameOf = (sequence: number): Frame => ({
  camera: "head",
  sequence,
  capturedAtMs: 0,
  width: WIDTH,
  height: HEIGHT,
  rgb: new Uint8Array(WIDTH * HEIGHT * 3),
  intrinsics: { fx: 50, fy: 50, cx: 32, cy: 24 },
  poseInBase: IDENTITY_POSE,
});

const EVERYTHING = truthOf([
  [4, 0, 0, 30, 30],
  [1, 10, 5, 8, 6],
  [2, 40, 10, 20, 10],
  [3, 45, 14, 6, 1],
  [5, 0, 40, 64, 8],
]);

describeGrounderContract("oracle", async () => ({
  grounder: createOracleGrounder(EVERYTHING),
  frame: frameOf(7),
  emptyFrame: frameOf(8),
}));
describeDepthContract("oracle", async () => ({ depth: createOracleDepth(EVERYTHING), frame: frameOf(7) }));

describe("oracle", () => {
  it("names things, drawers, handles and zones, and neither robot nor background", async () => {
    const groundings = await createOracleGrounder(EVERYTHING).ground(frameOf(7), { phrases: [] });

    expect(groundings.map((g) => g.label)).toEqual(["blue zone", "drawer", "green bag", "handle"]);
    expect(groundings[1].attributes?.state).toEqual([["ajar", 1]]);
  });

  it("gives the exact box and mask", async () => {
    const groundings = await createOracleGrounder(EVERYTHING).ground(frameOf(7), { phrases: [] });

    const bag = groundings.find((g) => g.label === "green bag");
    expect(bag?.box).toEqual({ x0: 10 / WIDTH, y0: 5 / HEIGHT, x1: 18 / WIDTH, y1: 11 / HEIGHT });
    expect(bag?.mask?.data.every((value) => value === 1)).toBe(true);
    const zone = groundings.find((g) => g.label === "blue zone");
    expect(zone?.mask?.data.reduce((sum, value) => sum + value, 0)).toBe(30 * 30 - 8 * 6);
  });

  it("does not see what shows fewer pixels than 40 at 640x480", async () => {
    const big = truthOf([[1, 3, 3, 1, 1]]);
    const scaled = await createOracleGrounder(big).ground(frameOf(7), { phrases: [] });
    const none = await createOracleGrounder(truthOf([])).ground(frameOf(7), { phrases: [] });

    // One pixel at 64x48 stands for 100 at 640x480.
    expect(scaled).toHaveLength(1);
    expect(none).toEqual([]);
  });

  it("says what to do when it no longer knows a frame", async () => {
    await expect(createOracleGrounder(EVERYTHING).ground(frameOf(99), { phrases: [] })).rejects.toThrow(
      /no truth for frame 99.*new picture/,
    );
  });

  it("reads a drawer's state from its opening by the vocabulary's thresholds", () => {
    expect([0, 0.019, 0.02, 0.12, 0.13].map(drawerStateOf)).toEqual(["closed", "closed", "ajar", "ajar", "open"]);
  });
});
