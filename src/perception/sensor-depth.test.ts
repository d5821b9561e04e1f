import { describe, expect, it } from "vitest";
import { describeDepthContract } from "../../test/contract/depth-contract.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";
import { takePicture } from "./ray-world.fixture.js";
import { createSensorDepth } from "./sensor-depth.js";

const { frame } = takePicture([{ name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.8, 0.72] }]);
describeDepthContract("sensor", async () => ({ depth: createSensorDepth(), frame }));

describe("sensor depth", () => {
  it("turns readings that are no numbers into 0", async () => {
    const depthM = frame.depthM?.slice() as Float32Array;
    depthM[0] = Number.NaN;
    depthM[1] = Infinity;
    depthM[2] = -1;

    const map = await createSensorDepth().estimate({ ...frame, depthM });

    expect(map.depthM.slice(0, 3)).toEqual(new Float32Array(3));
    expect(map.depthM[frame.width * 240]).toBe(depthM[frame.width * 240]);
  });

  it("asks the fallback for frames without depth, and says what to do when there is none", async () => {
    const model: DepthEstimator = {
      name: "model",
      estimate: async () => ({ width: 1, height: 1, depthM: new Float32Array([2]), source: "model" }),
      close: async () => {},
    };
    const withoutDepth = { ...frame, depthM: undefined };

    expect((await createSensorDepth({ fallback: model }).estimate(withoutDepth)).source).toBe("model");
    await expect(createSensorDepth().estimate(withoutDepth)).rejects.toThrow(/delivers no depth.*choose one/);
  });

  it("refuses a depth picture of another size", async () => {
    await expect(createSensorDepth().estimate({ ...frame, depthM: new Float32Array(5) })).rejects.toMatchObject({
      code: "model-failed",
    });
  });
});
