import { describe, expect, it } from "vitest";
import { distance } from "../geometry/vec3.js";
import { toolPose } from "./forward-kinematics.js";
import { pandaFixture as panda } from "./panda.fixture.js";
import { timePath } from "./time-path.js";
import { jointPath, planToolPath } from "./tool-path.js";
import { topDownPose } from "./tool-pose.js";

const READY = [0, -0.785, 0, -2.356, 0, 1.571, 0.785];
function highestSpeeds(
  path: ReturnType<typeof timePath>,
  stepS = 0.002,
): { tool: number; joint: number; jump: number } {
  let [tool, joint, jump] = [0, 0, 0];
  let [before, speedBefore] = [path.positionsAt(0), 0];
  for (let t = stepS; t <= path.durationS + stepS; t += stepS) {
    const q = path.positionsAt(t);
    const speed = distance(toolPose(panda, q).position, toolPose(panda, before).position) / stepS;
    tool = Math.max(tool, speed);
    joint = Math.max(joint, ...q.map((v, k) => Math.abs(v - before[k]) / stepS));
    jump = Math.max(jump, Math.abs(speed - speedBefore) / stepS);
    [before, speedBefore] = [q, speed];
  }
  return { tool, joint, jump };
}

describe("timePath", () => {
  const line = planToolPath(panda, READY, topDownPose([0.55, 0.25, 0.85], -1.4));
  const waypoints = line.ok ? line.value.waypoints : [];

  it("reaches the tool speed asked for, and does not pass it", () => {
    const { tool } = highestSpeeds(timePath(panda, waypoints, { speedMps: 0.2 }));

    expect(tool).toBeGreaterThan(0.19);
    expect(tool).toBeLessThan(0.2 * 1.02);
  });

  it("keeps to the joint speeds of the model, and to a lower bound when given one", () => {
    expect(highestSpeeds(timePath(panda, waypoints, { accelerationMps2: 5 })).joint).toBeLessThan(2.175 * 1.001);
    expect(highestSpeeds(timePath(panda, waypoints, { speedRadps: 0.3 })).joint).toBeLessThan(0.3 * 1.001);
  });

  it("starts and ends at rest with the acceleration bounded", () => {
    const path = timePath(panda, waypoints, { speedMps: 0.4, accelerationMps2: 0.8 });

    expect(highestSpeeds(path, 0.01).jump).toBeLessThan(0.8 * 1.5);
  });

  it("holds the ends before the start and after the finish", () => {
    const path = timePath(panda, waypoints, { speedMps: 0.2 });

    expect(path.positionsAt(-1)).toEqual(waypoints[0]);
    expect(path.positionsAt(path.durationS + 9)).toEqual(waypoints[waypoints.length - 1]);
  });

  it("times a path of one segment by a full trapezoid", () => {
    const path = timePath(panda, [READY, [0.6, ...READY.slice(1)]], { speedRadps: 0.5 });

    expect(path.durationS).toBeGreaterThan(0.6 / 0.5);
    expect(path.durationS).toBeLessThan(4);
    expect(highestSpeeds(path).joint).toBeLessThan(0.5 * 1.001);
  });

  it("takes no time where there is no way to go", () => {
    expect(timePath(panda, [READY]).durationS).toBe(0);
    expect(timePath(panda, jointPath(READY, READY)).durationS).toBe(0);
    expect(timePath(panda, jointPath(READY, READY)).positionsAt(0)).toEqual(READY);
  });
});
