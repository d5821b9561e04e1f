import { describe, expect, it } from "vitest";
import type { DepthMap } from "../domain/frame.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { project } from "../domain/geometry/project.js";
import type { Measurement } from "./measure.js";
import { HEAD } from "./ray-world.fixture.js";
import { createTracker } from "./tracker.js";

const AT_HOME = { xM: 0, yM: 0, yawRad: 0 };
const FAR_AWAY: DepthMap = { width: 1, height: 1, depthM: new Float32Array([9]), source: "sensor" };
const CLOSE_BY: DepthMap = { width: 1, height: 1, depthM: new Float32Array([0.3]), source: "sensor" };

const thing = (label: string, at: Vec3): Measurement => ({
  label,
  box: { x0: 0.4, y0: 0.4, x1: 0.5, y1: 0.5 },
  score: 0.9,
  point: project(HEAD, at),
  positionInBase: at,
  extentInBase: { center: at, sizeM: [0.06, 0.06, 0.1], yawRad: 0 },
});

function createLooks() {
  const tracker = createTracker();
  let sequence = 0;
  return {
    tracker,
    look: (measurements: readonly Measurement[], options: { depth?: DepthMap; basePoseInOdom?: typeof AT_HOME } = {}) =>
      tracker.update({
        view: HEAD,
        depth: options.depth ?? FAR_AWAY,
        sequence: ++sequence,
        capturedAtMs: sequence * 500,
        basePoseInOdom: options.basePoseInOdom ?? AT_HOME,
        measurements,
      }),
  };
}

const MUG: Vec3 = [0.5, 0, 0.76];
const CAN: Vec3 = [0.5, 0.2, 0.77];

describe("tracker", () => {
  it("keeps ids while things stay, in whatever order they are found", () => {
    const { look } = createLooks();

    const first = look([thing("red mug", MUG), thing("blue can", CAN)]);
    const second = look([thing("blue can", [0.505, 0.2, 0.77]), thing("red mug", MUG)]);

    expect(first.map((d) => d.id)).toEqual(["d1", "d2"]);
    expect(second.map((d) => d.id)).toEqual(["d2", "d1"]);
  });

  it("keeps the id of a thing that is read in other words at the same place", () => {
    const { look } = createLooks();

    look([thing("red mug", MUG)]);
    const [again] = look([thing("red can", MUG)]);

    expect(again.id).toBe("d1");
  });

  it("takes the only thing of its words for moved, and tells two alike apart by place", () => {
    const { look } = createLooks();

    look([thing("green bag", MUG), thing("blue can", CAN), thing("blue can", [0.3, 0.2, 0.77])]);
    const after = look([thing("green bag", [0.3, -0.3, 0.76]), thing("blue can", [0.6, -0.3, 0.77])]);

    expect(after.map((d) => d.id)).toEqual(["d1", "d4"]);
  });

  it("forgets at once what is gone from plain view", () => {
    const { look } = createLooks();

    look([thing("red mug", MUG)]);

    expect(look([])).toEqual([]);
  });

  it("remembers what something nearer hides, with its age, for six looks", () => {
    const { look } = createLooks();

    look([thing("red mug", MUG)]);
    const ages = Array.from({ length: 8 }, () =>
      look([], { depth: CLOSE_BY }).map((d) => [d.id, d.ageS, d.seenInFrame]),
    );

    expect(ages[0]).toEqual([["d1", 0.5, 1]]);
    expect(ages[5]).toEqual([["d1", 3, 1]]);
    expect(ages[6]).toEqual([]);
  });

  it("gives a thing its id back after it was hidden or missed", () => {
    const { look } = createLooks();

    look([thing("red mug", MUG)]);
    look([]);
    const [again] = look([thing("red mug", MUG)]);

    expect(again).toMatchObject({ id: "d1", ageS: 0, seenInFrame: 3 });
  });

  it("follows things through a drive of the base", () => {
    const { look } = createLooks();

    look([thing("red mug", MUG), thing("red mug", CAN)]);
    const turned = { xM: 0.1, yM: 0, yawRad: Math.PI / 2 };
    const after = look([thing("red mug", [0.2, -0.4, 0.77]), thing("red mug", [0, -0.4, 0.76])], {
      basePoseInOdom: turned,
    });

    expect(after.map((d) => d.id)).toEqual(["d2", "d1"]);
  });

  it("counts from d1 again after a reset", () => {
    const { look, tracker } = createLooks();

    look([thing("red mug", MUG)]);
    tracker.reset();

    expect(look([thing("blue can", CAN)])[0].id).toBe("d1");
  });
});
