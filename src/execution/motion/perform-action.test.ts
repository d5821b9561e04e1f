import { describe, expect, it } from "vitest";
import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import { largestChange } from "../../domain/kinematics/tool-path.js";
import { fail } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { Robot } from "../../ports/robot.js";
import { createFakeClock } from "../../../test/support/fake-clock.js";
import { createFakePerception } from "../../../test/support/fake-perception.js";
import { createFakeRobot, type FakeRobotOptions } from "../../../test/support/fake-robot.js";
import { createFakeWorld, type FakeWorld } from "../../../test/support/fake-world.js";
import { guardRobot, safetyLimits } from "../../safety/index.js";
import type { Grip } from "../effect.js";
import { clearanceOf, groundOf } from "./obstacles.js";
import { performAction } from "./perform-action.js";

function setUp(world: FakeWorld, { freeSpots, ...options }: Partial<FakeRobotOptions> & { freeSpots?: Vec3[] } = {}) {
  const clock = createFakeClock();
  const robot = createFakeRobot({ world, clock, ...options });
  const perception = createFakePerception({ world, robot, clock, freeSpots });
  const signal = new AbortController().signal;
  const look = async (): Promise<Scene> => (await perception.look({ phrases: [] })).scene;
  const perform = async (action: Action, grip?: Grip) =>
    performAction(action, { robot, scene: await look(), grip, signal, note: () => undefined });
  return { robot, look, perform };
}

const at = (scene: Scene, id: string) => {
  const found = scene.detections.find((d) => d.id === id);
  if (found === undefined) throw new Error(`No detection ${id}.`);
  return { label: found.label, detectionId: id, ...found.point };
};

async function isHome(robot: Robot): Promise<boolean> {
  return largestChange((await robot.state()).jointPositions, robot.model.homePositions) < 1e-6;
}

describe("performAction", () => {
  it("takes a bag from above and goes to the viewing posture with it", async () => {
    const world = createFakeWorld([{ id: "bag", kind: "bag", color: "green", center: [0.45, 0.1, 0] }]);
    const { robot, look, perform } = setUp(world);

    const { result, grip, effect } = await perform({ action: "grasp", target: at(await look(), "bag") });

    expect(result.ok).toBe(true);
    expect(grip?.thing.label).toBe("green bag");
    expect(effect?.kind).toBe("held");
    expect(await isHome(robot)).toBe(true);
    expect(world.things[0].center[2]).toBeGreaterThan(0.9);
  });

  it.each([
    [0.35, -0.4],
    [0.62, 0.2],
    [0.45, 0.45],
    [0.3, 0.15],
    [0.28, -0.3],
  ])("reaches things all over the counter: %f %f", async (x, y) => {
    const world = createFakeWorld([{ id: "can", kind: "can", center: [x, y, 0], sizeM: [0.055, 0.055, 0.1] }]);
    const { look, perform } = setUp(world);

    const { result } = await perform({ action: "grasp", target: at(await look(), "can") });

    expect(result).toMatchObject({ ok: true });
  });

  it("keeps its travels above things that stand between", async () => {
    const world = createFakeWorld([
      { id: "bottle", kind: "bottle", center: [0.42, -0.2, 0], sizeM: [0.06, 0.06, 0.2] },
      { id: "apple", kind: "apple", center: [0.45, 0.2, 0], sizeM: [0.06, 0.06, 0.06] },
    ]);
    const { robot, look, perform } = setUp(world);

    await perform({ action: "grasp", target: at(await look(), "apple") });

    const overBottle = robot.toolPath.filter(({ position: [x, y] }) => Math.hypot(x - 0.42, y + 0.2) < 0.08);
    expect(overBottle.every(({ position }) => position[2] > 0.92)).toBe(true);
  });

  it("passes slowly what it would pass at speed if its place were measured", async () => {
    const fastest = async (depthSource: Scene["depthSource"]): Promise<number> => {
      const world = createFakeWorld([
        { id: "bottle", kind: "bottle", center: [0.42, 0.1, 0], sizeM: [0.06, 0.06, 0.2] },
        { id: "apple", kind: "apple", center: [0.45, 0.2, 0], sizeM: [0.06, 0.06, 0.06] },
      ]);
      const { robot, look } = setUp(world);
      const scene = { ...(await look()), depthSource };
      const speeds: number[] = [];
      const watched: Robot = {
        ...robot,
        async moveJoints(positions, options) {
          speeds.push(options.speedRadps);
          return robot.moveJoints(positions, options);
        },
      };
      const { result } = await performAction(
        { action: "grasp", target: at(scene, "apple") },
        { robot: watched, scene, signal: new AbortController().signal, note: () => undefined },
      );
      expect(result.ok).toBe(true);
      return Math.max(...speeds);
    };

    expect(await fastest("model")).toBeLessThan((await fastest("sensor")) / 2);
  });

  it("goes around a keep-out volume that stands in its way, and never into it", async () => {
    const world = createFakeWorld([{ id: "can", kind: "can", center: [0.42, 0.36, 0], sizeM: [0.055, 0.055, 0.1] }]);
    const { robot, look } = setUp(world);
    const pillar = { name: "pillar", center: [0.6, -0.1, 1.2] as const, sizeM: [0.24, 0.24, 1.2] as const, yawRad: 0 };
    const limits = safetyLimits({ keepOut: [{ ...pillar, center: [...pillar.center], sizeM: [...pillar.sizeM] }] });
    const refusals: string[] = [];
    const guarded = guardRobot(robot, {
      limits: () => limits,
      clock: createFakeClock(),
      onCommand: ({ code }) => code !== undefined && refusals.push(code),
    });
    const scene = await look();

    const { result } = await performAction(
      { action: "grasp", target: at(scene, "can") },
      { robot: guarded, scene, signal: new AbortController().signal, note: () => undefined },
    );

    expect(refusals).toContain("keep-out");
    expect(result).toMatchObject({ ok: true });
    const inside = robot.toolPath.filter(
      ({ position: [x, y] }) => Math.abs(x - 0.6) < 0.12 && Math.abs(y + 0.1) < 0.12,
    );
    expect(inside).toEqual([]);
  });

  it("moves a thing into a bowl and leaves the hand empty", async () => {
    const world = createFakeWorld([
      { id: "lemon", kind: "lemon", color: "yellow", center: [0.4, -0.2, 0], sizeM: [0.05, 0.065, 0.05] },
      { id: "bowl", kind: "bowl", color: "blue", center: [0.48, 0.2, 0], sizeM: [0.15, 0.15, 0.06] },
    ]);
    const { look, perform } = setUp(world);
    const scene = await look();

    const { result, grip, effect } = await perform({
      action: "move",
      from: at(scene, "lemon"),
      to: { ...at(scene, "bowl"), placement: "in" },
    });

    expect(result).toMatchObject({ ok: true });
    expect(grip).toBeUndefined();
    expect(effect).toMatchObject({ kind: "placed", placement: "in" });
    expect(Math.hypot(world.things[0].center[0] - 0.48, world.things[0].center[1] - 0.2)).toBeLessThan(0.03);
  });

  it("says that nothing was grasped when the fingers close on air", async () => {
    const world = createFakeWorld([{ id: "bag", center: [0.45, 0.1, 0] }]);
    const { robot, look } = setUp(world);
    const scene = await look();
    world.things[0].center = [0.6, -0.3, 0.76];

    const { result, grip } = await performAction(
      { action: "grasp", target: at(scene, "bag") },
      { robot, scene, signal: new AbortController().signal, note: () => undefined },
    );

    expect(result).toMatchObject({ ok: false, code: "nothing-grasped" });
    expect(grip).toBeUndefined();
  });

  it("puts back what the fingers are losing, before it falls from a height", async () => {
    const world = createFakeWorld([{ id: "apple", kind: "apple", center: [0.45, 0.1, 0], sizeM: [0.06, 0.06, 0.06] }]);
    const { robot, look } = setUp(world);
    const scene = await look();
    const [x, y, z] = world.things[0].center;
    const slipping: Robot = {
      ...robot,
      async state() {
        const state = await robot.state();
        const raisedM = world.things[0].center[2] - z;
        const { gripper } = state;
        return { ...state, gripper: { ...gripper, widthM: gripper.widthM - (raisedM > 0.1 ? 0.002 : 0) } };
      },
    };

    const { result, grip } = await performAction(
      { action: "grasp", target: at(scene, "apple") },
      { robot: slipping, scene, signal: new AbortController().signal, note: () => undefined },
    );

    expect(result).toMatchObject({ ok: false, code: "dropped", message: expect.stringContaining("back where it was") });
    expect(grip).toBeUndefined();
    expect(Math.hypot(world.things[0].center[0] - x, world.things[0].center[1] - y)).toBeLessThan(0.005);
    expect(world.things[0].center[2] - z).toBeLessThan(0.01);
    expect(await isHome(robot)).toBe(true);
  });

  it("says that a thing was dropped when it slips out on the way up", async () => {
    const world = createFakeWorld([{ id: "bag", center: [0.45, 0.1, 0] }]);
    world.slippery.add("bag");
    const { look, perform } = setUp(world);

    const { result, grip } = await perform({ action: "grasp", target: at(await look(), "bag") });

    expect(result).toMatchObject({ ok: false, code: "dropped" });
    expect(grip).toBeUndefined();
  });

  it.each([
    ["left", [0.75, -0.2, 0.845]],
    ["right", [0.75, -0.48, 0.845]],
  ] as const)("pulls the %s drawer open by its handle", async (_side, center) => {
    const world = createFakeWorld([], [{ id: "drawer", center }]);
    const { robot, look, perform } = setUp(world);

    const { result, effect } = await perform({ action: "open", target: at(await look(), "drawer") });

    expect(result).toMatchObject({ ok: true });
    expect(effect).toMatchObject({ kind: "opened", detectionId: "drawer" });
    expect(world.drawers[0].openM).toBeGreaterThan(0.16);
    expect(await isHome(robot)).toBe(true);
  });

  it("closes an open drawer", async () => {
    const world = createFakeWorld([], [{ id: "drawer", openM: 0.2 }]);
    const { look, perform } = setUp(world);

    const { result } = await perform({ action: "close", target: at(await look(), "drawer") });

    expect(result).toMatchObject({ ok: true });
    expect(world.drawers[0].openM).toBeLessThan(0.02);
  });

  it("keeps the wrist off the counter while it closes a drawer whose bar was seen askew", async () => {
    const world = createFakeWorld([], [{ id: "drawer", center: [0.75, -0.46, 0.84], openM: 0.2 }]);
    const { robot, look } = setUp(world, { freeSpots: [[0.4, 0, world.surfaceZ]] });
    const seen = await look();
    const askew = (d: Detection): Detection => ({
      ...d,
      extentInBase: { ...d.extentInBase, yawRad: d.extentInBase.yawRad - 0.2 },
    });
    const scene = { ...seen, detections: seen.detections.map(askew) };
    const positions: (readonly number[])[] = [];
    const watched: Robot = {
      ...robot,
      async moveTool(pose, options) {
        const moved = await robot.moveTool(pose, options);
        positions.push((await robot.state()).jointPositions);
        return moved;
      },
    };

    const { result } = await performAction(
      { action: "close", target: at(scene, "drawer") },
      { robot: watched, scene, signal: new AbortController().signal, note: () => undefined },
    );

    expect(result).toMatchObject({ ok: true });
    expect(positions.length).toBeGreaterThan(10);
    expect(clearanceOf(robot.model, positions, groundOf(scene))).toBeGreaterThan(0.01);
  });

  it("stops pushing a drawer soon after it goes no further", async () => {
    const world = createFakeWorld([], [{ id: "drawer", openM: 0.2 }]);
    let endX = Infinity;
    const refused: number[] = [];
    const { look, perform, robot } = setUp(world, {
      before(command, pose) {
        const grips = robot.commands.filter((c) => c === "gripper").length;
        if (command !== "tool" || pose === undefined || grips !== 2) return undefined;
        endX = Math.min(endX, pose.position[0] + 0.1);
        if (pose.position[0] < endX) return undefined;
        refused.push(pose.position[0] - endX);
        return fail("not-moved", "The arm met resistance.");
      },
    });

    const { result, effect } = await perform({ action: "close", target: at(await look(), "drawer") });

    expect(result).toMatchObject({ ok: true });
    expect(effect).toMatchObject({ kind: "closed", metEnd: true });
    expect(refused).toHaveLength(2);
    expect(Math.max(...refused)).toBeLessThan(0.016);
  });

  it("pushes on when a drawer sticks once", async () => {
    const world = createFakeWorld([], [{ id: "drawer", openM: 0.2 }]);
    let stuck = 0;
    const { look, perform, robot } = setUp(world, {
      before(command) {
        const isPush = command === "tool" && robot.commands.filter((c) => c === "gripper").length === 2;
        return isPush && stuck++ === 3 ? fail("not-moved", "The arm met resistance.") : undefined;
      },
    });

    await perform({ action: "close", target: at(await look(), "drawer") });

    expect(stuck).toBeGreaterThan(4);
    expect(world.drawers[0].openM).toBeLessThan(0.02);
  });

  it("tries another grasp when the guard refuses one", async () => {
    const world = createFakeWorld([{ id: "can", kind: "can", center: [0.45, 0.1, 0], sizeM: [0.05, 0.05, 0.1] }]);
    let refusals = 2;
    const { look, perform } = setUp(world, {
      before: (command) =>
        command === "tool" && refusals-- > 0 ? fail("keep-out", "Too near to the wall.") : undefined,
    });

    const { result } = await perform({ action: "grasp", target: at(await look(), "can") });

    expect(result).toMatchObject({ ok: true });
  });

  it("refuses a second thing while one is held", async () => {
    const world = createFakeWorld([{ id: "a" }, { id: "b", center: [0.45, 0.3, 0] }]);
    const { look, perform } = setUp(world);
    const { grip } = await perform({ action: "grasp", target: at(await look(), "a") });

    const { result, grip: after } = await perform({ action: "grasp", target: at(await look(), "b") }, grip);

    expect(result).toMatchObject({ ok: false, code: "hand-full" });
    expect(after).toBe(grip);
  });

  it("refuses things that are too wide for the fingers", async () => {
    const world = createFakeWorld([{ id: "box", kind: "box", sizeM: [0.12, 0.1, 0.08] }]);
    const { look, perform } = setUp(world);

    const { result } = await perform({ action: "grasp", target: at(await look(), "box") });

    expect(result).toMatchObject({ ok: false, code: "unsupported" });
  });

  it("pushes a thing along the surface", async () => {
    const world = createFakeWorld([{ id: "box", kind: "box", center: [0.45, -0.1, 0] }]);
    const { robot, look, perform } = setUp(world);
    const scene = await look();
    const goal = { label: "there", x: 0.5, y: 0.5, z: 1.1 };

    const { result, effect } = await perform({ action: "push", from: at(scene, "box"), to: goal });

    expect(result).toMatchObject({ ok: true });
    expect(effect?.kind).toBe("pushed");
    expect(robot.commands).toContain("tool");
  });
});
