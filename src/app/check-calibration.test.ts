import { describe, expect, it } from "vitest";
import type { DepthMap, Frame } from "../domain/frame.js";
import type { Look, Perception } from "../ports/perception.js";
import { createScene, createSimulation } from "../../sim/index.js";
import { checkCalibration, type CalibrationCheckOptions } from "./check-calibration.js";

const signal = new AbortController().signal;

async function kitchenPicture(): Promise<Frame> {
  const simulation = await createSimulation({ scene: createScene("kitchen", 940_011) });
  try {
    await simulation.robot.connect();
    return await simulation.head.latest({ maxAgeMs: 10_000 });
  } finally {
    await simulation.close();
  }
}
const picture = kitchenPicture();

async function looking(
  focalFactor: number,
  { mode = "refuse", source = "sensor" }: Partial<CalibrationCheckOptions> & { source?: DepthMap["source"] } = {},
) {
  const right = await picture;
  const { fx, fy } = right.intrinsics;
  const frame = { ...right, intrinsics: { ...right.intrinsics, fx: fx * focalFactor, fy: fy * focalFactor } };
  const { width, height } = frame;
  const look = { frame, depth: { width, height, depthM: frame.depthM, source } } as unknown as Look;
  const perception: Perception = {
    name: "onboard",
    look: async () => look,
    reset: () => undefined,
    close: async () => undefined,
  };
  const notes: string[] = [];
  const checked = checkCalibration(perception, { mode, onNote: (text) => notes.push(text) });
  return { look: () => checked.look({ phrases: [], signal }), notes };
}

describe("checkCalibration", () => {
  it.each([0.97, 1, 1.03])("lets a camera pass whose focal length is %s times the true one", async (factor) => {
    const { look, notes } = await looking(factor);

    await expect(look()).resolves.toBeDefined();
    expect(notes).toEqual([]);
  });

  it.each([0.9, 1.11])("tells of a focal length %s times the true one, once", async (factor) => {
    const { look, notes } = await looking(factor);

    await look();
    await look();

    expect(notes).toEqual([expect.stringContaining("Calibrate its focal length and its pose")]);
  });

  it.each([0.75, 1.3])("refuses to look on with one %s times the true one", async (factor) => {
    const { look } = await looking(factor);

    await expect(look()).rejects.toMatchObject({
      code: "miscalibrated",
      message: expect.stringContaining("nothing moves"),
    });
  });

  it("only tells where the launch file says so, and nothing where it says off", async () => {
    const warned = await looking(0.75, { mode: "warn" });
    const silent = await looking(0.75, { mode: "off" });

    await warned.look();
    await silent.look();

    expect([warned.notes.length, silent.notes.length]).toEqual([1, 0]);
  });

  it("believes nothing of the kind of depth that was only estimated", async () => {
    const { look, notes } = await looking(0.75, { source: "model" });

    await look();

    expect(notes).toEqual([]);
  });
});
