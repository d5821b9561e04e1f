import { describe, expect, it } from "vitest";
import { angleBetween } from "../geometry/quaternion.js";
import { cross, distance, norm, subtract } from "../geometry/vec3.js";
import { createRandom } from "../random.js";
import { toolPose } from "./forward-kinematics.js";
import { pandaFixture as panda } from "./panda.fixture.js";
import { withinLimits } from "./random-positions.fixture.js";
import { jointPath, largestChange, planToolPath } from "./tool-path.js";
import { forwardPose, topDownPose, turnHalf } from "./tool-pose.js";

const READY = [0, -0.785, 0, -2.356, 0, 1.571, 0.785];

describe("planToolPath", () => {
  it("keeps the tool on the line, between waypoints too", () => {
    const random = createRandom(5);
    let straight = 0;
    for (let run = 0; run < 40; run++) {
      const goal = topDownPose(
        [random.between(0.3, 0.6), random.between(-0.4, 0.4), random.between(0.8, 1.2)],
        random.between(-2.2, -0.9),
      );
      const path = planToolPath(panda, READY, goal);
      if (!path.ok || path.value.kind !== "straight") continue;
      straight++;
      const start = toolPose(panda, READY).position;
      const along = subtract(goal.position, start);
      const { waypoints } = path.value;
      for (let i = 1; i < waypoints.length; i++) {
        expect(largestChange(waypoints[i - 1], waypoints[i])).toBeLessThanOrEqual(0.12);
        expect(withinLimits(panda, waypoints[i])).toBe(true);
        const middle = toolPose(
          panda,
          waypoints[i].map((v, k) => (v + waypoints[i - 1][k]) / 2),
        ).position;
        expect(norm(cross(subtract(middle, start), along)) / norm(along)).toBeLessThan(0.002);
      }
    }
    expect(straight).toBeGreaterThan(35);
  });

  it("begins where the arm is and ends at the goal", () => {
    const goal = topDownPose([0.5, -0.2, 0.85], -1.2);

    const path = planToolPath(panda, READY, goal);

    expect(path.ok && path.value.waypoints[0]).toEqual(READY);
    const reached = toolPose(panda, path.ok ? path.value.waypoints[path.value.waypoints.length - 1] : READY);
    expect(distance(reached.position, goal.position)).toBeLessThan(1e-4);
    expect(angleBetween(reached.orientation, goal.orientation)).toBeLessThan(1e-3);
  });

  it("spaces waypoints by stepM", () => {
    const goal = topDownPose([0.5, 0.2, 0.9], -Math.PI / 2);

    const coarse = planToolPath(panda, READY, goal, { stepM: 0.05 });
    const fine = planToolPath(panda, READY, goal, { stepM: 0.005 });

    expect(coarse.ok && fine.ok && fine.value.waypoints.length / coarse.value.waypoints.length).toBeGreaterThan(5);
  });

  it("goes by the joints where a line would pass through the arm's own base, and says so", () => {
    const back = planToolPath(panda, READY, topDownPose([-0.45, 0.02, 0.9], -Math.PI / 2));

    expect(back).toMatchObject({ ok: true, value: { kind: "joint" } });
    expect(back.ok && back.value.followed).toBeLessThan(1);
  });

  it("fails as inverse kinematics does when there is no way at all", () => {
    expect(planToolPath(panda, READY, topDownPose([3, 0, 0.9], 0))).toMatchObject({ ok: false, code: "out-of-reach" });
  });

  it("turns on the spot when only the orientation changes", () => {
    const now = toolPose(panda, READY);

    const path = planToolPath(panda, READY, topDownPose(now.position, -Math.PI / 2 + 0.9));

    expect(path).toMatchObject({ ok: true, value: { kind: "straight" } });
    expect(path.ok && path.value.waypoints.length).toBeGreaterThan(10);
  });
});

describe("jointPath", () => {
  it("includes both ends and no gap wider than the step", () => {
    const to = [0.5, -0.5, 0.2, -2, 0.1, 1.7, 0.8];

    const path = jointPath(READY, to, { stepRad: 0.1 });

    expect(path[0]).toEqual(READY);
    expect(largestChange(path[path.length - 1], to)).toBeLessThan(1e-12);
    for (let i = 1; i < path.length; i++) expect(largestChange(path[i - 1], path[i])).toBeLessThanOrEqual(0.1 + 1e-9);
  });
});

describe("tool poses", () => {
  it("are the same grasp after half a turn about the tool's own axis", () => {
    const pose = topDownPose([0.4, 0.1, 0.8], 0.3);

    expect(
      angleBetween(turnHalf(pose).orientation, topDownPose(pose.position, 0.3 - Math.PI).orientation),
    ).toBeLessThan(1e-6);
    expect(turnHalf(pose).position).toEqual(pose.position);
  });

  it("point down with the fingers opening along the yaw", () => {
    const { orientation } = topDownPose([0, 0, 0], 0);

    expect(angleBetween(orientation, [-Math.SQRT1_2, -Math.SQRT1_2, 0, 0])).toBeLessThan(1e-6);
  });

  it("point forward with the fingers opening up and down, or sideways", () => {
    const up = forwardPose([0, 0, 0], 0);
    const side = forwardPose([0, 0, 0], 0, { opening: "horizontal" });

    expect(angleBetween(up.orientation, side.orientation)).toBeCloseTo(Math.PI / 2, 6);
  });
});
