import { describe, expect, it } from "vitest";
import { forwardPose, inverseKinematics } from "../../src/domain/kinematics/index.js";
import { CATALOGUE, createScene, type MovableKind } from "../scenes/index.js";
import { objectBody } from "../worlds/world-xml.js";
import { pandaModel } from "../worlds/panda-model.js";
import { above, createBench, graspFromTruth, type Bench } from "./bench.fixture.js";
import { createContactLog } from "./contact-log.js";
import { takeSnapshot } from "./take-snapshot.js";

const KINDS = Object.keys(CATALOGUE) as MovableKind[];
const alone = (kind: MovableKind, size: "small" | "large", seed: number) =>
  createScene("tabletop", seed, { require: [{ kind, color: CATALOGUE[kind].colors[0], size }], count: 1 });

/** Takes the scene's only thing from above and lifts it by 0.2 m. */
async function take({ world, motions }: Bench, forceN = 25) {
  const [thing] = world.scene.objects;
  const { at, openingRad } = graspFromTruth(thing, world.bodyPose(objectBody(thing.id)));
  await motions["set-gripper"]({ motion: 1, widthM: 0.08, forceN });
  await motions["move-tool"]({ motion: 2, poseInBase: above(at, 0.12, openingRad), speedMps: 0.4 });
  await motions["move-tool"]({ motion: 3, poseInBase: above(at, 0, openingRad), speedMps: 0.2 });
  const grip = await motions["set-gripper"]({ motion: 4, widthM: 0, forceN });
  const lift = await motions["move-tool"]({ motion: 5, poseInBase: above(at, 0.2, openingRad), speedMps: 0.3 });
  return { grip, lift, at, openingRad, id: thing.id };
}

describe("grasping in the simulator", () => {
  it.each(KINDS)("lifts a small and a large %s by friction alone", async (kind) => {
    for (const [size, seed] of [
      ["small", 11],
      ["large", 12],
    ] as const) {
      const bench = await createBench(alone(kind, size, seed));
      const [thing] = bench.world.scene.objects;

      const { grip } = await take(bench);

      const [now] = takeSnapshot(bench.world, 0, createContactLog().hardest()).objects;
      expect(grip).toMatchObject({ ok: true, value: { stalled: true } });
      expect(now.held).toBe(true);
      expect(now.inContactWith).toContain("robot");
      expect(now.pose.position[2] - thing.pose.position[2]).toBeGreaterThan(0.15);
      bench.world.dispose();
    }
  });

  it("drops a thing that is let go in mid-air", async () => {
    const bench = await createBench(alone("can", "small", 21));
    const [thing] = bench.world.scene.objects;
    await take(bench);

    await bench.motions["set-gripper"]({ motion: 6, widthM: 0.08, forceN: 20 });
    await bench.motions.wait({ motion: 7, seconds: 1 });

    const [now] = takeSnapshot(bench.world, 0, createContactLog().hardest()).objects;
    expect(now.held).toBe(false);
    expect(now.pose.position[2]).toBeLessThan(thing.pose.position[2] + 0.05);
    bench.world.dispose();
  });

  it("closes on nothing without a stall when it misses", async () => {
    const bench = await createBench(alone("block", "small", 22));
    const [thing] = bench.world.scene.objects;
    const { at, openingRad } = graspFromTruth(thing, thing.pose);
    await bench.motions["move-tool"]({ motion: 1, poseInBase: above(at, 0.1, openingRad), speedMps: 0.4 });

    const grip = await bench.motions["set-gripper"]({ motion: 2, widthM: 0, forceN: 25 });

    expect(grip).toMatchObject({ ok: true, value: { stalled: false } });
    expect(bench.world.gripperWidth()).toBeLessThan(0.002);
    bench.world.dispose();
  });

  it("stops pressing when the counter is in the way", async () => {
    const bench = await createBench(alone("block", "small", 23));
    const below: [number, number, number] = [0.45, 0, 0.66];
    await bench.motions["move-tool"]({ motion: 1, poseInBase: above(below, 0.2, 0), speedMps: 0.4 });

    const pressed = await bench.motions["move-tool"]({ motion: 2, poseInBase: above(below, 0, 0), speedMps: 0.1 });

    expect(pressed).toMatchObject({ ok: false, code: "not-moved" });
    bench.world.dispose();
  });

  it("answers a palm's hit on a bottle before it grows hard", async () => {
    const log = createContactLog();
    const bench = await createBench(alone("bottle", "small", 24), (world) => log.add(world.bumpForce()));
    const [{ pose, sizeM }] = bench.world.scene.objects;
    const top = [pose.position[0], pose.position[1], pose.position[2] + sizeM[2] / 2] as const;
    await bench.motions["move-tool"]({ motion: 1, poseInBase: above(top, 0.1, 0), speedMps: 0.4 });

    const hit = await bench.motions["move-tool"]({ motion: 2, poseInBase: above(top, -0.09, 0), speedMps: 0.15 });

    expect(hit).toMatchObject({ ok: false, code: "not-moved" });
    expect(log.hardest().hardestBumpN).toBeGreaterThan(20);
    expect(log.hardest().hardestBumpN).toBeLessThan(200);
    bench.world.dispose();
  });

  it.each([
    ["drawer-left", 3],
    ["drawer-right", 7],
  ] as const)("pulls %s open by its handle and pushes it closed, its content riding along", async (id, seedIndex) => {
    const scene = createScene("kitchen", 1, {
      require: [{ kind: "bag", color: "green", startsIn: id }],
      drawers: { [id]: "closed" },
      count: 1,
    });
    const { world, motions } = await createBench(scene);
    const drawer = scene.drawers.find((candidate) => candidate.id === id)!;
    const handleX = drawer.center[0] - drawer.sizeM[0] / 2 - drawer.handle.standoffM - drawer.openM;
    const at = (x: number) => forwardPose([x, drawer.center[1], drawer.center[2] + drawer.handle.heightM], 0);
    const before = inverseKinematics(pandaModel, at(handleX - 0.09), { seed: pandaModel.seedPositions[seedIndex] });
    if (!before.ok) throw new Error(before.message);
    const bagX = (): number => world.bodyPose("object:green-bag-1").position[0];
    const start = bagX();

    await motions["move-joints"]({ motion: 1, positions: before.value, speedRadps: 1 });
    await motions["move-tool"]({ motion: 2, poseInBase: at(handleX + 0.008), speedMps: 0.15 });
    const grip = await motions["set-gripper"]({ motion: 3, widthM: 0, forceN: 40 });
    await motions["move-tool"]({ motion: 4, poseInBase: at(handleX - 0.17), speedMps: 0.15 });
    const openM = world.drawerOpening(id);
    const carriedM = start - bagX();
    await motions["set-gripper"]({ motion: 5, widthM: 0.08, forceN: 40 });
    await motions["move-tool"]({ motion: 6, poseInBase: at(handleX + 0.02), speedMps: 0.15 });

    expect(grip).toMatchObject({ ok: true, value: { stalled: true } });
    expect(openM).toBeGreaterThan(0.16);
    expect(carriedM).toBeGreaterThan(0.14);
    expect(world.drawerOpening(id)).toBeLessThan(0.02);
    world.dispose();
  });
});
