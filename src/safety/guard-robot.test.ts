import { describe, expect, it } from "vitest";
import { capsuleBoxDistance } from "../domain/kinematics/box-distance.js";
import { capsulesAt } from "../domain/kinematics/capsules.js";
import { toolPose } from "../domain/kinematics/forward-kinematics.js";
import { pandaFixture as panda } from "../domain/kinematics/panda.fixture.js";
import { drawPositions } from "../domain/kinematics/random-positions.fixture.js";
import { topDownPose } from "../domain/kinematics/tool-pose.js";
import { createRandom } from "../domain/random.js";
import { createFakeRobot, READY } from "./fake-robot.fixture.js";
import { guardRobot, type CommandVerdict, type GuardOptions } from "./guard-robot.js";
import { safetyLimits } from "./limits.js";
import { nearestZone, zonesInBase } from "./keep-out.js";

const { signal } = new AbortController();
const DOWN = -Math.PI / 2;
const AHEAD = topDownPose([0.5, 0.1, 0.95], DOWN);
const SHELF = {
  name: "shelf",
  center: [0.5, 0.1, 0.9] as [number, number, number],
  sizeM: [0.3, 0.3, 0.2] as [number, number, number],
  yawRad: 0,
};

function start(overrides: Parameters<typeof safetyLimits>[0] = {}, options: Partial<GuardOptions> = {}) {
  const robot = createFakeRobot();
  const verdicts: CommandVerdict[] = [];
  const clock = { ms: 0, nowMs: () => clock.ms };
  const limits = safetyLimits(overrides);
  const guarded = guardRobot(robot, { limits: () => limits, clock, onCommand: (v) => verdicts.push(v), ...options });
  return { robot, guarded, verdicts, clock };
}

describe("guardRobot", () => {
  it("passes a free motion on, and says so", async () => {
    const { robot, guarded, verdicts } = start();

    const result = await guarded.moveTool(AHEAD, { speedMps: 0.3, signal });

    expect(result.ok).toBe(true);
    expect(robot.calls).toEqual(["moveTool 0.3"]);
    expect(verdicts).toMatchObject([{ verdict: "sent", command: { type: "move-tool", speedMps: 0.3 } }]);
  });

  it("refuses numbers that are not numbers as bad-action", async () => {
    const { robot, guarded } = start();

    expect(await guarded.moveTool(topDownPose([NaN, 0, 1], 0), { speedMps: 0.1, signal })).toMatchObject({
      code: "bad-action",
    });
    expect(await guarded.moveTool(AHEAD, { speedMps: Infinity, signal })).toMatchObject({ code: "bad-action" });
    expect(await guarded.moveTool({ ...AHEAD, orientation: [0, 0, 0, 0] }, { speedMps: 0.1, signal })).toMatchObject({
      code: "bad-action",
    });
    expect(await guarded.moveJoints([1, 2], { speedRadps: 0.5, signal })).toMatchObject({ code: "bad-action" });
    expect(await guarded.setGripper(-0.1, { forceN: 10, signal })).toMatchObject({ code: "bad-action" });
    expect(await guarded.setGripper(0.2, { forceN: 10, signal })).toMatchObject({
      code: "bad-action",
      details: { bound: 0.08 },
    });
    expect(await guarded.moveBase({ xM: NaN, yM: 0, yawRad: 0 }, { signal })).toMatchObject({ code: "bad-action" });
    expect(await guarded.look(Infinity, 0, { signal })).toMatchObject({ code: "bad-action" });
    expect(await guarded.wait(-1, { signal })).toMatchObject({ code: "bad-action" });
    expect(robot.calls).toEqual([]);
  });

  it("refuses a tool outside the workspace box with the bound that it hit", async () => {
    const { guarded } = start({ workspace: { min: [0, -0.5, 0.7], max: [0.45, 0.5, 1.6] } });

    expect(await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({
      code: "outside-workspace",
      details: { axis: "x", bound: 0.45, value: 0.5 },
    });
    expect(
      await guarded.moveJoints(
        [3, ...READY.slice(1)].map((v, i) => (i === 0 ? 2.8 : v)),
        { speedRadps: 0.5, signal },
      ),
    ).toMatchObject({
      code: "outside-workspace",
    });
  });

  it("refuses what the arm cannot reach, and joints beyond their limits", async () => {
    const { guarded, robot } = start({ workspace: { min: [-3, -3, 0], max: [3, 3, 3] } });

    expect(await guarded.moveTool(topDownPose([1.5, 0, 1], DOWN), { speedMps: 0.3, signal })).toMatchObject({
      code: "out-of-reach",
    });
    expect(await guarded.moveJoints([3.1, ...READY.slice(1)], { speedRadps: 0.5, signal })).toMatchObject({
      code: "joint-limit",
      details: { joint: "j1", bound: 2.8973, value: 3.1 },
    });
    expect(robot.calls).toEqual([]);
  });

  it("refuses a path through a keep-out box, naming the box, and lets the same path run without it", async () => {
    const { guarded, robot, verdicts } = start({ keepOut: [SHELF] });

    const refused = await guarded.moveTool(AHEAD, { speedMps: 0.3, signal });

    expect(refused).toMatchObject({ code: "keep-out", details: { zone: "shelf", bound: 0.02 } });
    expect(robot.calls).toEqual([]);
    expect(verdicts).toMatchObject([{ verdict: "refused", code: "keep-out", details: { zone: "shelf" } }]);
    expect((await start().guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).ok).toBe(true);
  });

  it("watches the elbow too: a joint motion whose tool stays clear is refused when another link is not", async () => {
    const elbow = { name: "lamp", center: [0, 0.32, 1.35], sizeM: [0.1, 0.1, 0.3], yawRad: 0 } as const;
    const { guarded } = start({ keepOut: [{ ...elbow, center: [...elbow.center], sizeM: [...elbow.sizeM] }] });
    const sideways = [Math.PI / 2, 0.9, 0, -1.2, 0, 1.9, 0.785];

    expect(await guarded.moveJoints(sideways, { speedRadps: 0.5, signal })).toMatchObject({
      code: "keep-out",
      details: { zone: "lamp" },
    });
  });

  it("counts what is held as part of the arm", async () => {
    const low = { ...SHELF, center: [0.5, 0.1, 0.72] as [number, number, number] };
    const bare = start({ keepOut: [low] });
    const laden = start({ keepOut: [low] }, { load: () => ({ sizeM: [0.06, 0.06, 0.15] }) });

    expect((await bare.guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).ok).toBe(true);
    expect(await laden.guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({ code: "keep-out" });
  });

  it("keeps boxes where they stand in the room when the base has driven", async () => {
    const { guarded, robot } = start({ keepOut: [{ ...SHELF, center: [1.5, 0.1, 0.9] }] });

    expect((await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).ok).toBe(true);
    robot.positions = READY;
    robot.base = { xM: 1, yM: 0, yawRad: 0 };
    expect(await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({ code: "keep-out" });
  });

  it("refuses to drive the base through a box or near one, and lets it pass at a distance", async () => {
    const { guarded, robot } = start({ keepOut: [{ ...SHELF, center: [1.5, 0, 0.9] }] });

    expect(await guarded.moveBase({ xM: 3, yM: 0, yawRad: 0 }, { signal })).toMatchObject({ code: "keep-out" });
    expect(await guarded.moveBase({ xM: 1.2, yM: 0, yawRad: 0 }, { signal })).toMatchObject({ code: "keep-out" });
    expect((await guarded.moveBase({ xM: -1, yM: 0, yawRad: 1 }, { signal })).ok).toBe(true);
    expect(robot.calls).toEqual(["moveBase"]);
  });

  it("refuses more speed or force than the limits, with the bound", async () => {
    const { guarded, robot } = start({ maxSpeedMps: 0.25, maxJointSpeedRadps: 0.5, maxForceN: 20 });

    expect(await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({
      code: "too-fast",
      details: { bound: 0.25, value: 0.3 },
    });
    expect(await guarded.moveJoints(READY, { speedRadps: 0.6, signal })).toMatchObject({
      code: "too-fast",
      details: { bound: 0.5 },
    });
    expect(await guarded.setGripper(0, { forceN: 30, signal })).toMatchObject({
      code: "too-strong",
      details: { bound: 20, value: 30 },
    });
    expect(robot.calls).toEqual([]);
  });

  it("slows down instead where the caller allows it, and says what it cut", async () => {
    const { guarded, robot, verdicts } = start({ maxSpeedMps: 0.25, maxForceN: 20 }, { overLimit: "clamp" });

    await guarded.moveTool(AHEAD, { speedMps: 0.3, signal });
    await guarded.setGripper(0, { forceN: 30, signal });

    expect(robot.calls).toEqual(["moveTool 0.25", "setGripper 0 20"]);
    expect(verdicts.map((v) => v.details)).toMatchObject([
      { clamped: "speedMps", bound: 0.25, value: 0.3 },
      { clamped: "forceN", bound: 20, value: 30 },
    ]);
  });

  it("never grips harder than the gripper can, whatever the limits say", async () => {
    const { guarded } = start({ maxForceN: 500 });

    expect(await guarded.setGripper(0, { forceN: 100, signal })).toMatchObject({
      code: "too-strong",
      details: { bound: 70 },
    });
  });

  it("refuses more commands in a second than allowed, and takes them again later", async () => {
    const { guarded, clock } = start({ commandsPerSecond: 2 });
    const look = () => guarded.look(0, 0, { signal });

    expect([(await look()).ok, (await look()).ok]).toEqual([true, true]);
    expect(await look()).toMatchObject({ code: "rate-limit", details: { bound: 2 } });
    clock.ms = 1000;
    expect((await look()).ok).toBe(true);
  });

  it("does not move on an old picture, nor on one of unknown age", async () => {
    const old = start({ maxFrameAgeMs: 500 }, { frameAgeMs: () => 501 });
    const unknown = start({ maxFrameAgeMs: 500 }, { frameAgeMs: () => NaN });

    expect(await old.guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({
      code: "stale-frame",
      details: { bound: 500, value: 501 },
    });
    expect(await unknown.guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({ code: "stale-frame" });
  });

  it("halts at once, refuses everything afterwards, and moves again only after a reset", async () => {
    const { guarded, robot } = start();

    guarded.halt();
    expect(robot.calls).toEqual(["halt"]);
    guarded.halt();

    expect(await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({ code: "stopped" });
    expect(await guarded.moveJoints(READY, { speedRadps: 0.3, signal })).toMatchObject({ code: "stopped" });
    expect(await guarded.setGripper(0.08, { forceN: 10, signal })).toMatchObject({ code: "stopped" });
    expect(await guarded.moveBase({ xM: 0, yM: 0, yawRad: 0 }, { signal })).toMatchObject({ code: "stopped" });
    expect(await guarded.look(0, 0, { signal })).toMatchObject({ code: "stopped" });
    expect(await guarded.wait(1, { signal })).toMatchObject({ code: "stopped" });
    expect((await guarded.state()).stopped).toBe(true);

    await guarded.reset();
    expect((await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).ok).toBe(true);
  });

  it("drops a command that is being judged when the halt comes", async () => {
    const { guarded, robot } = start({ keepOut: [{ ...SHELF, center: [0.5, -0.6, 0.7] }] });

    const motion = guarded.moveTool(AHEAD, { speedMps: 0.3, signal });
    guarded.halt();

    expect(await motion).toMatchObject({ code: "stopped" });
    expect(robot.calls).toEqual(["halt"]);
  });

  it("drops a command that was being judged even when the halt has been cleared meanwhile", async () => {
    const { guarded, robot } = start();

    const motion = guarded.moveTool(AHEAD, { speedMps: 0.3, signal });
    guarded.halt();
    await guarded.reset();

    expect(await motion).toMatchObject({ code: "stopped" });
    expect(robot.calls).toEqual(["halt", "reset"]);
  });

  it("stays stopped when a halt comes during the reset", async () => {
    const { guarded } = start();

    guarded.halt();
    const reset = guarded.reset();
    guarded.halt();
    await reset;

    expect(await guarded.look(0, 0, { signal })).toMatchObject({ code: "stopped" });
  });

  it("does not move a robot that was stopped behind its back", async () => {
    const { guarded, robot } = start();

    robot.halt();

    expect(await guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).toMatchObject({ code: "stopped" });
  });

  it("calls a second command during the judging of the first a bug", async () => {
    const { guarded } = start();

    const first = guarded.moveTool(AHEAD, { speedMps: 0.3, signal });

    await expect(guarded.moveTool(AHEAD, { speedMps: 0.3, signal })).rejects.toMatchObject({ code: "bad-input" });
    expect((await first).ok).toBe(true);
  });

  it("never has a capsule in a box after any sequence of commands that it let through", async () => {
    const random = createRandom(41);
    const boxes = [SHELF, { ...SHELF, name: "wall", center: [0.2, -0.6, 1.1] as [number, number, number] }];
    const { guarded, robot, clock } = start({
      keepOut: boxes,
      workspace: { min: [-1.5, -1.5, 0], max: [1.5, 1.5, 2.2] },
    });
    const counts = { sent: 0, refused: 0 };
    for (let run = 0; run < 80; run++) {
      clock.ms += 1000;
      const goal = topDownPose(
        [random.between(0.25, 0.65), random.between(-0.5, 0.5), random.between(0.75, 1.2)],
        random.between(-3, 0),
      );
      const result = random.chance(0.7)
        ? await guarded.moveTool(goal, { speedMps: 0.3, signal })
        : await guarded.moveJoints(drawPositions(panda, random), { speedRadps: 1, signal });
      counts[result.ok ? "sent" : "refused"]++;
      for (const capsule of capsulesAt(panda, robot.positions)) {
        if (capsule.link < 0) continue;
        for (const box of boxes) expect(capsuleBoxDistance(capsule, box)).toBeGreaterThanOrEqual(0.02);
      }
    }
    expect(counts.sent).toBeGreaterThan(15);
    expect(counts.refused).toBeGreaterThan(15);
    const tool = toolPose(panda, robot.positions).position;
    expect(nearestZone(tool, zonesInBase(boxes, robot.base))?.clearanceM).toBeGreaterThan(0);
  });
});
