import { describe, expect, it } from "vitest";
import type { Frame } from "../domain/frame.js";
import { multiplyQuaternions, quaternionFromAxisAngle } from "../domain/geometry/quaternion.js";
import { takePicture, type Solid } from "./ray-world.fixture.js";
import { surfaceSlope } from "./surface-slope.js";

const DEGREE = Math.PI / 180;
const KITCHEN: readonly Solid[] = [
  { name: "red box", kind: "box", shape: "box", center: [0.5, 0.1, 0.77], sizeM: [0.1, 0.08, 0.1] },
  { name: "can", kind: "can", shape: "cylinder", center: [0.45, -0.2, 0.775], sizeM: [0.06, 0.06, 0.11] },
  { name: "counter", shape: "box", center: [0.6, 0, 0.36], sizeM: [0.9, 1.8, 0.72] },
];
const { frame, depth } = takePicture(KITCHEN);
const withFocal = (factor: number): Frame => ({
  ...frame,
  intrinsics: { ...frame.intrinsics, fx: frame.intrinsics.fx * factor, fy: frame.intrinsics.fy * factor },
});

describe("surfaceSlope", () => {
  it("finds a counter level where the calibration is right", () => {
    const slope = surfaceSlope(frame, depth);

    expect(slope?.samples).toBeGreaterThan(100);
    expect(Math.abs(slope?.pitchRad ?? 1)).toBeLessThan(0.2 * DEGREE);
    expect(Math.abs(slope?.rollRad ?? 1)).toBeLessThan(0.2 * DEGREE);
  });

  it.each([
    [0.8, 1],
    [0.9, 1],
    [1.1, -1],
    [1.25, -1],
  ])("sees it rise or fall away from the robot where the focal length is %s times the true one", (factor, sign) => {
    const { pitchRad = 0 } = surfaceSlope(withFocal(factor), depth) ?? {};

    expect(sign * pitchRad).toBeGreaterThan(2 * DEGREE);
  });

  it("sees it lean aside where the camera is turned about its own axis, by as much", () => {
    const turned = quaternionFromAxisAngle([0, 0, 1], 3 * DEGREE);
    const orientation = multiplyQuaternions(frame.poseInBase.orientation, turned);

    const { rollRad = 0 } = surfaceSlope({ ...frame, poseInBase: { ...frame.poseInBase, orientation } }, depth) ?? {};

    expect(Math.abs(rollRad)).toBeGreaterThan(1.5 * DEGREE);
  });

  it("says nothing where nothing level is in view", () => {
    const blind = { ...depth, depthM: new Float32Array(depth.depthM.length) };

    expect(surfaceSlope(frame, blind)).toBeUndefined();
  });
});
