import { describe, expect, it } from "vitest";
import { project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook, type ALook } from "../../../test/support/a-look.js";
import type { Grip } from "../effect.js";
import { placePoses, placeSpot } from "./place-pose.js";

const grip: Grip = {
  thing: { label: "red apple", sizeM: [0.06, 0.06, 0.06] },
  bottomBelowToolM: 0.03,
  footprintRadiusM: 0.042,
  yawRad: 0,
  widthM: 0.06,
};

const sceneOf = (options: ALook) => aLook(options).scene;

/** A destination at a point in metres, as a planner would point at it. */
const to = (scene: ALook, point: Vec3, extra: object = {}) => ({
  label: "there",
  ...project(sceneOf(scene).view, point),
  ...extra,
});

describe("placeSpot", () => {
  const sink = aDetection({ id: "sink", kind: "sink", center: [0.42, 0.44, 0.66], sizeM: [0.28, 0.32, 0.12] });

  it("puts things down on the floor of an empty sink, in the middle", () => {
    const scene = { detections: [sink] };

    const spot = placeSpot(
      to(scene, [0.42, 0.44, 0.6], { detectionId: "sink", placement: "in" }),
      sceneOf(scene),
      grip,
    );

    expect(spot.at[0]).toBeCloseTo(0.42);
    expect(spot.at[1]).toBeCloseTo(0.44);
    expect(spot.at[2]).toBeCloseTo(0.6);
    expect(spot.destination).toBe(sink.extentInBase);
  });

  it("keeps away from what lies in the sink already", () => {
    const can = aDetection({ id: "can", kind: "can", center: [0.42, 0.44, 0.64], sizeM: [0.06, 0.06, 0.09] });
    const scene = { detections: [sink, can] };

    const spot = placeSpot(
      to(scene, [0.42, 0.44, 0.6], { detectionId: "sink", placement: "in" }),
      sceneOf(scene),
      grip,
    );

    expect(Math.hypot(spot.at[0] - 0.42, spot.at[1] - 0.44)).toBeGreaterThan(0.06);
  });

  it("puts a second thing beside the first in a bowl, inside of the rim", () => {
    const block: Grip = { ...grip, bottomBelowToolM: 0.02, footprintRadiusM: 0.027 };
    const bowl = aDetection({ id: "bowl", kind: "bowl", center: [0.45, 0.1, 0.75], sizeM: [0.15, 0.15, 0.06] });
    const first = aDetection({ id: "first", kind: "block", center: [0.45, 0.1, 0.75], sizeM: [0.04, 0.04, 0.04] });
    const spotWith = (...inside: readonly (typeof first)[]) => {
      const scene = { detections: [bowl, ...inside] };
      return placeSpot(to(scene, [0.45, 0.1, 0.75], { detectionId: "bowl", placement: "in" }), sceneOf(scene), block)
        .at;
    };
    const offM = (at: Vec3): number => Math.hypot(at[0] - 0.45, at[1] - 0.1);

    const second = spotWith(first);

    expect(offM(spotWith())).toBe(0);
    expect(offM(second)).toBeGreaterThan(0.035);
    expect(offM(second)).toBeLessThan(0.075 - 0.027);
    // The next goes to neither of them.
    const third = spotWith(
      first,
      aDetection({ id: "second", kind: "block", center: [second[0], second[1], 0.75], sizeM: [0.04, 0.04, 0.04] }),
    );
    expect(Math.hypot(third[0] - second[0], third[1] - second[1])).toBeGreaterThan(0.04);
  });

  it("takes the height of a free spot, not of the pixel that was pointed at", () => {
    const scene = { freeSpots: [[0.45, 0.1, 0.72]] as const };

    const spot = placeSpot(to(scene, [0.46, 0.1, 0.728]), sceneOf(scene), grip);

    expect(spot.at[2]).toBeCloseTo(0.72);
  });

  it("puts things onto the top of a board", () => {
    const shelf = aDetection({
      id: "shelf",
      kind: "shelf",
      center: [0.7, 0.27, 0.88],
      sizeM: [0.5, 0.22, 0.02],
      yawRad: Math.PI / 2,
    });
    const scene = { detections: [shelf], freeSpots: [[0.66, 0.3, 0.89]] as const };

    const spot = placeSpot(
      to(scene, [0.7, 0.27, 0.89], { detectionId: "shelf", placement: "on" }),
      sceneOf(scene),
      grip,
    );

    expect(spot.at).toEqual([0.66, 0.3, expect.closeTo(0.89)]);
  });
});

describe("placePoses", () => {
  const spot = { at: [0.45, 0.1, 0.72], placement: "at", exact: false, maxDropM: 0.01, near: [] } as const;

  it("lets the thing touch down before the hand does", () => {
    const [best] = placePoses(spot, grip, [0, 0, 0.7]);

    expect(best.pose.position[2]).toBeCloseTo(0.72 + 0.03 + 0.006);
    expect(best.at).toEqual([0.45, 0.1, 0.72]);
  });

  it("goes aside only when the place itself will not do, and never where aside would miss", () => {
    const poses = placePoses(spot, grip, [0, 0, 0.7]);
    const exact = placePoses({ ...spot, exact: true }, grip, [0, 0, 0.7]);

    expect(poses.slice(0, 4).every(({ at }) => at[0] === 0.45)).toBe(true);
    expect(poses.some(({ at }) => at[0] !== 0.45)).toBe(true);
    expect(exact.every(({ at }) => at[0] === 0.45 && at[1] === 0.1)).toBe(true);
  });
});
