import { afterEach, describe, expect, it } from "vitest";
import type { Frame } from "../src/domain/frame.js";
import { deproject } from "../src/domain/geometry/project.js";
import { topDownPose } from "../src/domain/kinematics/index.js";
import { createScene, createSimulation, type Simulation, type SimulationOptions } from "./index.js";

const signal = new AbortController().signal;
const open: Simulation[] = [];
const start = async (options: Partial<SimulationOptions> = {}): Promise<Simulation> => {
  const simulation = await createSimulation({ scene: createScene("kitchen", 1), ...options });
  open.push(simulation);
  return simulation;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulation) => simulation.close()));
});

const nudge = async ({ robot, head, truth }: Simulation) => {
  await robot.moveTool(topDownPose([0.42, 0.05, 1.05], 0.3), { signal, speedMps: 0.4 });
  await robot.setGripper(0.02, { signal, forceN: 20 });
  return { state: await robot.state(), frame: await head.latest({ maxAgeMs: 0 }), truth: await truth.snapshot() };
};

describe("createSimulation", () => {
  it("gives equal states, truths and pictures for equal calls, filmed or not", async () => {
    const [a, b] = [await start(), await start()];
    const filmed: Frame[] = [];
    b.film({ everyS: 1, camera: "room", sink: (frame) => filmed.push(frame) });

    const [first, second] = [await nudge(a), await nudge(b)];

    expect(second.state).toEqual(first.state);
    expect(second.truth).toEqual(first.truth);
    expect(Buffer.compare(second.frame.rgb, first.frame.rgb)).toBe(0);
    expect(second.frame.depthM).toEqual(first.frame.depthM);
    expect(filmed.length).toBeGreaterThan(2);
    expect(filmed[1].capturedAtMs - filmed[0].capturedAtMs).toBeCloseTo(1000, 6);
  });

  it("stands still between motions", async () => {
    const { clock, head } = await start();
    const before = clock.nowMs();
    await head.latest({ maxAgeMs: 0 });

    expect(clock.nowMs()).toBe(before);
  });

  it("goes on between motions when it has a rate", async () => {
    const { clock, robot } = await start({ rate: 5 });
    const before = clock.nowMs();
    while (clock.nowMs() <= before + 100) await robot.state();

    expect(await robot.wait(0.1, { signal })).toMatchObject({ ok: true });
  });

  it("commands zero velocity within one physics step of a halt", async () => {
    const { robot, stopProbe } = await start();
    const abort = new AbortController();
    const moving = robot.moveTool(topDownPose([0.42, 0.05, 1.05], 0.3), { signal: abort.signal, speedMps: 0.05 });
    while ((await robot.state()).timeMs < 100);
    robot.halt();

    expect(await moving).toMatchObject({ ok: false, code: "stopped" });
    expect(stopProbe()).toBeLessThanOrEqual(1);
  });

  it("knows which pixels of a delivered frame are what, where they are in metres, and forgets old frames", async () => {
    const { head, truth, scene } = await start();
    const frame = await head.latest({ maxAgeMs: 0 });
    const known = await truth.instanceIdsFor(frame.sequence);
    const mug = scene.objects.find(({ id }) => id === "red-mug-1")!;
    const id = known!.names.indexOf("object:red-mug-1");
    const pixel = known!.instanceIds.indexOf(id);
    const point = { x: ((pixel % 640) + 0.5) / 640, y: (Math.floor(pixel / 640) + 0.5) / 480, z: frame.depthM![pixel] };

    const inBase = deproject(frame, point);

    expect(Math.hypot(inBase[0] - mug.pose.position[0], inBase[1] - mug.pose.position[1])).toBeLessThan(0.07);
    expect(Math.abs(frame.depthM![pixel] - known!.depthM[pixel])).toBeLessThan(0.01);
    expect(await truth.instanceIdsFor(frame.sequence + 1)).toBeUndefined();
  });

  it("turns its head, and the frame says so", async () => {
    const { robot, head } = await start();
    const before = await head.latest({ maxAgeMs: 0 });
    await robot.look(0.4, 0.1, { signal });
    const after = await head.latest({ maxAgeMs: 0 });

    expect(after.poseInBase).not.toEqual(before.poseInBase);
    expect(deproject(after, { x: 0.5, y: 0.5, z: 1 })[1]).toBeGreaterThan(0.2);
    expect(await robot.look(3, 0, { signal })).toMatchObject({ ok: false, code: "joint-limit" });
  });

  it("drives its base, and what the camera sees stays in the base's frame", async () => {
    const { robot } = await start();

    const moved = await robot.moveBase({ xM: -0.3, yM: 0.1, yawRad: 0.2 }, { signal });
    const { basePoseInOdom } = await robot.state();

    expect(moved.ok).toBe(true);
    expect(Math.hypot(basePoseInOdom.xM + 0.3, basePoseInOdom.yM - 0.1)).toBeLessThan(0.01);
    expect(basePoseInOdom.yawRad).toBeCloseTo(0.2, 2);
  });

  it("refuses a rate that is none, and an aborted start", async () => {
    await expect(start({ rate: 0 })).rejects.toMatchObject({ code: "bad-input" });
    await expect(start({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });
});
