import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { angleBetween } from "../../src/domain/geometry/quaternion.js";
import { distance } from "../../src/domain/geometry/vec3.js";
import { topDownPose, toolPose } from "../../src/domain/kinematics/index.js";
import type { Robot } from "../../src/ports/robot.js";

/** What every body must do, whatever drives it. The robot must have free room at (0.40, ±0.1, 1.1). */
export function describeRobotContract(
  name: string,
  create: () => Promise<{ robot: Robot; close: () => Promise<void> }>,
): void {
  describe(`robot contract: ${name}`, () => {
    let robot: Robot;
    let close: () => Promise<void>;
    const signal = new AbortController().signal;
    const free = topDownPose([0.4, 0.05, 1.1], 0);
    const home = () => robot.moveJoints(robot.model.homePositions, { signal, speedRadps: 1.5 });

    beforeAll(async () => {
      ({ robot, close } = await create());
      await robot.connect();
    });
    beforeEach(() => robot.reset());
    afterAll(() => close());

    it("says where its tool is, as its own model computes it", async () => {
      const state = await robot.state();
      const expected = toolPose(robot.model, state.jointPositions);

      expect(state.jointPositions).toHaveLength(robot.model.joints.length);
      expect(distance(state.toolPoseInBase.position, expected.position)).toBeLessThan(0.002);
      expect(angleBetween(state.toolPoseInBase.orientation, expected.orientation)).toBeLessThan(0.01);
      expect(state.stopped).toBe(false);
    });

    it("brings the tool to a pose and reports what was commanded and reached", async () => {
      const moved = await robot.moveTool(free, { signal, speedMps: 0.4 });
      const state = await robot.state();

      expect(moved).toMatchObject({ ok: true, value: { commanded: free } });
      expect(distance(state.toolPoseInBase.position, free.position)).toBeLessThan(0.005);
      expect(angleBetween(state.toolPoseInBase.orientation, free.orientation)).toBeLessThan(0.03);
      expect(moved.ok && moved.value.errorM).toBeLessThan(0.005);
    });

    it("takes longer for a slower move", async () => {
      await robot.moveTool(free, { signal, speedMps: 0.5 });
      const aside = topDownPose([0.4, -0.1, 1.1], 0);
      const start = (await robot.state()).timeMs;
      await robot.moveTool(aside, { signal, speedMps: 0.4 });
      const fast = (await robot.state()).timeMs - start;
      await robot.moveTool(free, { signal, speedMps: 0.05 });
      const slow = (await robot.state()).timeMs - start - fast;

      expect(slow).toBeGreaterThan(2500);
      expect(slow).toBeGreaterThan(2 * fast);
    });

    it("refuses what it cannot reach, without moving", async () => {
      const before = await robot.state();
      const moved = await robot.moveTool(topDownPose([3, 0, 1], 0), { signal, speedMps: 0.2 });
      const after = await robot.state();

      expect(moved).toMatchObject({ ok: false, code: "out-of-reach" });
      expect(distance(after.toolPoseInBase.position, before.toolPoseInBase.position)).toBeLessThan(0.001);
    });

    it("refuses joint positions beyond its limits", async () => {
      const positions = robot.model.joints.map(({ upper }) => upper + 0.2);

      expect(await robot.moveJoints(positions, { signal, speedRadps: 0.5 })).toMatchObject({
        ok: false,
        code: "joint-limit",
      });
    });

    it("goes home in joint space", async () => {
      await home();
      const { jointPositions } = await robot.state();

      const farthest = Math.max(...jointPositions.map((q, i) => Math.abs(q - robot.model.homePositions[i])));
      expect(farthest).toBeLessThan(0.02);
    });

    it("opens and closes its fingers, and clips the width to what they can do", async () => {
      const opened = await robot.setGripper(9, { signal, forceN: 20 });
      const closed = await robot.setGripper(0.01, { signal, forceN: 20 });

      expect(opened).toMatchObject({
        ok: true,
        value: { commandedWidthM: robot.model.gripper.maxWidthM, stalled: false },
      });
      expect(closed.ok && closed.value.widthM).toBeCloseTo(0.01, 2);
      expect((await robot.state()).gripper).toMatchObject({ moving: false, inContact: false });
    });

    it("lets time pass while it waits, holding still", async () => {
      const before = await robot.state();
      await robot.wait(0.5, { signal });
      const after = await robot.state();

      expect(after.timeMs - before.timeMs).toBeGreaterThanOrEqual(499);
      expect(distance(after.toolPoseInBase.position, before.toolPoseInBase.position)).toBeLessThan(0.002);
    });

    it("halts in mid-motion at once, latches, and moves again only after a reset", async () => {
      await home();
      const start = (await robot.state()).toolPoseInBase.position;
      const moving = robot.moveTool(free, { signal, speedMps: 0.1 });
      robot.halt();
      const moved = await moving;
      const after = await robot.state();

      expect(moved).toMatchObject({ ok: false, code: "stopped" });
      expect(after.stopped).toBe(true);
      expect(distance(after.toolPoseInBase.position, start)).toBeLessThan(0.1);
      expect(await robot.moveTool(free, { signal, speedMps: 0.4 })).toMatchObject({ ok: false, code: "stopped" });
      robot.halt();
      await robot.reset();
      expect(await home()).toMatchObject({ ok: true });
    });

    it("ends one motion when its signal aborts, without latching", async () => {
      const abort = new AbortController();
      const moving = robot.moveTool(free, { signal: abort.signal, speedMps: 0.1 });
      abort.abort();

      expect(await moving).toMatchObject({ ok: false, code: "stopped" });
      expect((await robot.state()).stopped).toBe(false);
      expect(await robot.wait(0.01, { signal: abort.signal })).toMatchObject({ ok: false, code: "stopped" });
      expect(await robot.wait(0.01, { signal })).toMatchObject({ ok: true });
    });

    it("takes a second motion at the same time for a bug", async () => {
      const first = robot.wait(0.2, { signal });

      await expect(robot.wait(0.2, { signal })).rejects.toThrow(/await one motion/);
      expect(await first).toMatchObject({ ok: true });
    });

    it("closes twice without harm, and then says that it is disconnected", async () => {
      await robot.close();
      await robot.close();

      await expect(robot.state()).rejects.toMatchObject({ code: "robot-disconnected" });
      await expect(robot.wait(0.1, { signal })).rejects.toMatchObject({ code: "robot-disconnected" });
    });
  });
}
