import { describe, expect, it } from "vitest";
import { angleBetween } from "../geometry/quaternion.js";
import { distance } from "../geometry/vec3.js";
import { createRandom } from "../random.js";
import { toolPose } from "./forward-kinematics.js";
import { inverseKinematics, reachExcess } from "./inverse-kinematics.js";
import { pandaFixture as panda } from "./panda.fixture.js";
import { drawPositions, withinLimits } from "./random-positions.fixture.js";
import { topDownPose } from "./tool-pose.js";
import { largestChange } from "./tool-path.js";

describe("inverseKinematics", () => {
  it("finds positions within the limits for poses that the arm can take, to a tenth of a millimetre", () => {
    const random = createRandom(11);
    let found = 0;
    for (let run = 0; run < 300; run++) {
      const target = toolPose(panda, drawPositions(panda, random));
      const solved = inverseKinematics(panda, target, { seed: drawPositions(panda, random) });
      if (!solved.ok) continue;
      found++;
      const reached = toolPose(panda, solved.value);
      expect(distance(reached.position, target.position)).toBeLessThan(1e-4);
      expect(angleBetween(reached.orientation, target.orientation)).toBeLessThan(1e-3);
      expect(withinLimits(panda, solved.value)).toBe(true);
    }
    expect(found).toBeGreaterThanOrEqual(297);
  });

  it("stays near the seed when the seed is near", () => {
    const random = createRandom(12);
    for (let run = 0; run < 100; run++) {
      const q = panda.joints.map((joint) => {
        const margin = (joint.upper - joint.lower) * 0.2;
        return random.between(joint.lower + margin, joint.upper - margin);
      });
      const seed = q.map((v) => v + random.between(-0.03, 0.03));

      const solved = inverseKinematics(panda, toolPose(panda, q), { seed });

      expect(solved.ok && largestChange(solved.value, seed)).toBeLessThan(1.2);
    }
  });

  it("gives the same answer twice", () => {
    const target = topDownPose([0.45, 0.1, 0.8], 0.4);

    expect(inverseKinematics(panda, target, { seed: panda.homePositions })).toEqual(
      inverseKinematics(panda, target, { seed: panda.homePositions }),
    );
  });

  it("reaches the counter from above all over the working area", () => {
    for (let x = 0.3; x <= 0.61; x += 0.1) {
      for (let y = -0.3; y <= 0.31; y += 0.1) {
        const solved = inverseKinematics(panda, topDownPose([x, y, 0.8], Math.PI / 2), { seed: panda.homePositions });
        expect(solved.ok, `${x.toFixed(1)}, ${y.toFixed(1)}`).toBe(true);
      }
    }
  });

  it("says out-of-reach without a search when the links are too short", () => {
    const target = topDownPose([2, 0, 0.8], 0);

    expect(reachExcess(panda, target)).toBeGreaterThan(0.5);
    expect(inverseKinematics(panda, target, { seed: panda.homePositions })).toMatchObject({
      ok: false,
      code: "out-of-reach",
      details: { excessM: reachExcess(panda, target) },
    });
  });

  it("says out-of-reach after a search when the bound alone does not tell", () => {
    const target = topDownPose([0.86, 0, 0.75], 0);

    expect(reachExcess(panda, target)).toBe(0);
    expect(inverseKinematics(panda, target, { seed: panda.homePositions })).toMatchObject({ code: "out-of-reach" });
  });

  it("never lets the reach bound exclude a pose that the arm can take", () => {
    const random = createRandom(13);
    for (let run = 0; run < 500; run++) {
      expect(reachExcess(panda, toolPose(panda, drawPositions(panda, random)))).toBe(0);
    }
  });

  it("says joint-limit when only a joint beyond its limit would do", () => {
    const stiff = {
      ...panda,
      joints: panda.joints.map((joint, i) => (i === 0 ? { ...joint, lower: 2, upper: 2.5 } : joint)),
    };
    const target = topDownPose([0.8, 0, 0.8], 0);

    expect(inverseKinematics(stiff, target, { seed: [2.2, -0.3, 0, -2.3, 0, 2, 0.785] })).toMatchObject({
      code: "joint-limit",
    });
  });

  it("turns the tool by half a turn", () => {
    const seed = [0, -0.785, 0, -2.356, 0, 1.571, 0.785];
    const now = toolPose(panda, seed);

    const solved = inverseKinematics(panda, topDownPose(now.position, -Math.PI / 2 + 1e-9), { seed });

    expect(solved.ok).toBe(true);
  });
});
