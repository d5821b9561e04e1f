import { describe, expect, it } from "vitest";
import { rotate } from "../../domain/geometry/quaternion.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { aDetection } from "../../../test/support/a-detection.js";
import { graspHeight, graspPoses } from "./grasp-poses.js";

const LIMITS = { maxWidthM: 0.08, mount: [0, 0, 0.7] as Vec3 };

/** Angle between the finger opening and a direction, either way round. */
function openingOff(orientation: readonly [number, number, number, number], yawRad: number): number {
  const [x, y] = rotate(orientation, [0, 1, 0]);
  return Math.abs(Math.sin(Math.atan2(y, x) - yawRad));
}

describe("graspPoses", () => {
  it("points the tool down and closes the fingers across the narrow side", () => {
    const bag = aDetection({ kind: "bag", center: [0.45, 0.1, 0.78], sizeM: [0.1, 0.05, 0.12], yawRad: 0.4 });

    const [best] = graspPoses(bag, LIMITS);

    expect(rotate(best.pose.orientation, [0, 0, 1])[2]).toBeCloseTo(-1);
    expect(openingOff(best.pose.orientation, 0.4 + Math.PI / 2)).toBeLessThan(1e-9);
    expect(best.openingM).toBeGreaterThan(0.05);
    expect(best.openingM).toBeLessThanOrEqual(0.08);
  });

  it("offers each grasp with the fingers exchanged", () => {
    const box = aDetection({ kind: "box", sizeM: [0.05, 0.05, 0.08] });

    const yaws = graspPoses(box, LIMITS).map(({ yawRad }) => yawRad);

    expect(yaws.every((yaw) => yaws.some((other) => Math.abs(Math.cos(yaw - other) + 1) < 1e-9))).toBe(true);
  });

  it("closes across a mug's body, not over its handle", () => {
    const mug = aDetection({ kind: "mug", sizeM: [0.062, 0.062, 0.085], yawRad: 1 });

    const [best] = graspPoses(mug, LIMITS);

    expect(openingOff(best.pose.orientation, 1 + Math.PI / 2)).toBeLessThan(1e-9);
  });

  it("takes round things from any direction", () => {
    const can = aDetection({ kind: "can", sizeM: [0.06, 0.06, 0.1], yawRad: 0.3 });

    const poses = graspPoses(can, LIMITS);

    expect(poses.some(({ pose }) => openingOff(pose.orientation, Math.PI / 2) < 1e-9)).toBe(true);
    expect(poses.length).toBeGreaterThan(8);
  });

  it("takes a bowl by its rim, on the robot's side first", () => {
    const bowl = aDetection({ kind: "bowl", center: [0.5, 0, 0.75], sizeM: [0.14, 0.14, 0.06] });

    const [best] = graspPoses(bowl, LIMITS);

    expect(best.pose.position[0]).toBeCloseTo(0.5 - 0.066, 3);
    expect(openingOff(best.pose.orientation, 0)).toBeLessThan(1e-9);
  });

  it("has no way to take what is too wide", () => {
    const crate = aDetection({ kind: "box", sizeM: [0.15, 0.12, 0.1] });

    expect(graspPoses(crate, LIMITS)).toEqual([]);
  });
});

describe("graspHeight", () => {
  it("goes a little below the middle of low things", () => {
    expect(graspHeight(0.77, 0.72)).toBeCloseTo(0.739);
  });

  it("keeps the palm above tall things", () => {
    expect(graspHeight(0.92, 0.72)).toBeGreaterThan(0.92 - 0.043);
  });

  it("keeps the fingertips off the support", () => {
    expect(graspHeight(0.74, 0.72)).toBeCloseTo(0.732);
  });
});
