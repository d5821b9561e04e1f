import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScene, createSimulation, type Simulation } from "./index.js";

describe("what the simulated robot's own controllers offer", { timeout: 30_000 }, () => {
  const signal = new AbortController().signal;
  let simulation: Simulation;

  beforeAll(async () => {
    simulation = await createSimulation({ scene: createScene("tabletop", 1) });
  });
  afterAll(() => simulation.close());

  it("follows a trajectory's points at their times and comes to rest at the last", async () => {
    const { robot, clock } = simulation;
    const start = (await robot.joints()).arm.positions;
    const end = start.map((position, i) => position + (i === 6 ? 0.3 : 0.02));
    const middle = start.map((position, i) => (position + end[i]) / 2);
    const before = clock.nowMs();

    const moved = await robot.followJoints({ waypoints: [start, middle, end], timesS: [0, 1, 1.5] }, { signal });
    const { arm } = await robot.joints();

    expect(moved.ok && moved.value.errorM).toBeLessThan(0.003);
    expect(Math.max(...arm.positions.map((position, i) => Math.abs(position - end[i])))).toBeLessThan(0.01);
    expect(Math.max(...arm.velocities.map(Math.abs))).toBeLessThan(0.01);
    expect(clock.nowMs() - before).toBeGreaterThan(1_500);
    expect(clock.nowMs() - before).toBeLessThan(2_300);
  });

  it("refuses a trajectory with a point beyond a joint's limit, without moving", async () => {
    const { robot } = simulation;
    const start = (await robot.joints()).arm.positions;
    const beyond = start.map((position, i) => (i === 3 ? 1 : position));

    const moved = await robot.followJoints({ waypoints: [start, beyond, start], timesS: [0, 1, 2] }, { signal });

    expect(moved).toMatchObject({ ok: false, code: "joint-limit", details: { joint: "joint4" } });
    expect((await robot.joints()).arm.positions).toEqual(start);
  });

  it("drives the base while the velocity counts, in its own frame, and stops by itself", async () => {
    const { robot } = simulation;

    robot.setVelocity({ xMps: -0.2, yMps: 0.1, yawRadps: 0 }, 1);
    const driven = await robot.driveBase({ signal });
    const after = await robot.joints();

    expect(driven.ok && driven.value.xM).toBeCloseTo(-0.2, 1);
    expect(driven.ok && driven.value.yM).toBeCloseTo(0.1, 1);
    expect(Math.hypot(after.baseVelocity.xMps, after.baseVelocity.yMps)).toBeLessThan(0.01);
  });
});
