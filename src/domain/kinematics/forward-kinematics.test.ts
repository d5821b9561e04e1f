import { describe, expect, it } from "vitest";
import { createRandom } from "../random.js";
import { angleBetween } from "../geometry/quaternion.js";
import { distance } from "../geometry/vec3.js";
import { forwardKinematics, jacobian, toolPose } from "./forward-kinematics.js";
import { pandaFixture as panda } from "./panda.fixture.js";
import { drawPositions } from "./random-positions.fixture.js";
import type { RobotModel } from "./robot-model.js";

describe("forwardKinematics", () => {
  it("places the stretched Panda where its data sheet says", () => {
    const { tool, links } = forwardKinematics(panda, [0, 0, 0, 0, 0, 0, 0]);

    // 0.333 + 0.316 + 0.384 up, less flange and hand that hang down; 0.088 forward.
    expect(tool.position[0]).toBeCloseTo(0.088, 9);
    expect(tool.position[1]).toBeCloseTo(0, 9);
    expect(tool.position[2]).toBeCloseTo(0.7 + 0.333 + 0.316 + 0.384 - 0.2104, 9);
    expect(links).toHaveLength(8);
    expect(links[0]).toEqual(panda.mountInBase);
  });

  it("has the tool's z point down and y along the finger opening in the ready posture", () => {
    const { orientation } = toolPose(panda, [0, -0.785, 0, -2.356, 0, 1.571, 0.785]);

    expect(angleBetween(orientation, [1, 0, 0, 0])).toBeLessThan(0.01);
  });

  it("has a Jacobian that agrees with finite differences", () => {
    const random = createRandom(3);
    for (let run = 0; run < 20; run++) {
      const q = drawPositions(panda, random);
      const columns = jacobian(panda, q);
      for (let k = 0; k < 7; k++) {
        const h = 1e-6;
        const ahead = toolPose(
          panda,
          q.map((v, i) => (i === k ? v + h : v)),
        );
        const behind = toolPose(
          panda,
          q.map((v, i) => (i === k ? v - h : v)),
        );
        for (let axis = 0; axis < 3; axis++) {
          const slope = (ahead.position[axis] - behind.position[axis]) / (2 * h);
          expect(columns[axis][k]).toBeCloseTo(slope, 6);
        }
        const spin = Math.hypot(columns[3][k], columns[4][k], columns[5][k]);
        expect(spin).toBeCloseTo(1, 9);
      }
    }
  });

  it("moves sliding joints along their axes", () => {
    const rail: RobotModel = {
      ...panda,
      joints: [
        {
          name: "rail",
          type: "prismatic",
          originInParent: { position: [0, 0, 0.1], orientation: [0, 0, 0, 1] },
          axis: [0, 1, 0],
          lower: -1,
          upper: 1,
          maxSpeed: 0.5,
        },
      ],
      toolInFlange: { position: [0.2, 0, 0], orientation: [0, 0, 0, 1] },
    };

    expect(distance(toolPose(rail, [0.4]).position, [0.2, 0.4, 0.8])).toBeLessThan(1e-12);
    expect(jacobian(rail, [0.4]).map((row) => row[0])).toEqual([0, 1, 0, 0, 0, 0]);
  });
});
