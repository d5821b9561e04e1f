import { describe, expect, it } from "vitest";
import { rotate } from "../../domain/geometry/quaternion.js";
import { aDetection } from "../../../test/support/a-detection.js";
import { aLook } from "../../../test/support/a-look.js";
import { handleOf, handlePull } from "./handle-pull.js";

const left = aDetection({ id: "left", kind: "drawer", center: [0.75, -0.2, 0.845], sizeM: [0.3, 0.26, 0.12] });
const right = aDetection({ id: "right", kind: "drawer", center: [0.75, -0.48, 0.845], sizeM: [0.3, 0.26, 0.12] });
const bar = { kind: "handle", sizeM: [0.12, 0.016, 0.016], yawRad: Math.PI / 2 } as const;
const leftBar = aDetection({ ...bar, id: "left-bar", center: [0.56, -0.2, 0.855] });
const rightBar = aDetection({ ...bar, id: "right-bar", center: [0.56, -0.48, 0.855] });
const { scene } = aLook({ detections: [left, right, rightBar, leftBar] });

describe("handleOf", () => {
  it("finds the bar in front of each of two drawers", () => {
    expect(handleOf(left, scene)?.id).toBe("left-bar");
    expect(handleOf(right, scene)?.id).toBe("right-bar");
  });

  it("takes a handle that was named for itself", () => {
    expect(handleOf(rightBar, scene)).toBe(rightBar);
  });

  it("does not make do with the neighbour's handle", () => {
    const { scene: without } = aLook({ detections: [left, right, rightBar] });

    expect(handleOf(left, without)).toBeUndefined();
  });
});

describe("handlePull", () => {
  const pull = handlePull(leftBar, left, [0, 0, 0.7]);

  it("comes from the front with the fingers above and below the bar", () => {
    expect(rotate(pull.grasp.orientation, [0, 0, 1])[0]).toBeCloseTo(1);
    expect(Math.abs(rotate(pull.grasp.orientation, [0, 1, 0])[2])).toBeCloseTo(1);
    expect(pull.pre.position[0]).toBeCloseTo(0.46);
  });

  it("pulls straight towards the robot, at the bar's height", () => {
    const pulled = pull.moved(0.18);

    expect(pull.opening[0]).toBeCloseTo(-1);
    expect(pulled.position[0]).toBeCloseTo(pull.grasp.position[0] - 0.18);
    expect(pulled.position[1]).toBeCloseTo(-0.2);
    expect(pulled.position[2]).toBeCloseTo(0.855);
  });

  it("keeps its direction for a bar whose axis was measured the other way round", () => {
    const turned = aDetection({ ...bar, center: [0.56, -0.2, 0.855], yawRad: -Math.PI / 2 });

    expect(handlePull(turned, left, [0, 0, 0.7]).opening[0]).toBeCloseTo(-1);
  });
});
