import { describe, expect, it } from "vitest";
import { capsuleBoxDistance } from "../domain/kinematics/box-distance.js";
import { capsulesAt } from "../domain/kinematics/capsules.js";
import { pandaFixture as panda } from "../domain/kinematics/panda.fixture.js";
import { drawPositions } from "../domain/kinematics/random-positions.fixture.js";
import { jointPath, planToolPath } from "../domain/kinematics/tool-path.js";
import { topDownPose } from "../domain/kinematics/tool-pose.js";
import { createRandom, type Random } from "../domain/random.js";
import { READY } from "./fake-robot.fixture.js";
import { loadShapes, type Zone } from "./keep-out.js";
import { sweep, sweepNow, type SweepJob } from "./sweep.js";

const MARGIN_M = 0.02;

/** Least clearance of the moving shapes over a path, by sampling it densely: a second opinion that shares no search with the sweep. */
function bruteForce({ waypoints, zones, load }: SweepJob, perSegment = 12): number {
  let least = Infinity;
  for (let i = 1; i < waypoints.length; i++) {
    for (let k = 0; k <= perSegment; k++) {
      const q = waypoints[i].map((v, j) => waypoints[i - 1][j] + ((v - waypoints[i - 1][j]) * k) / perSegment);
      for (const capsule of capsulesAt(panda, q, load)) {
        if (capsule.link < 0) continue;
        for (const zone of zones) least = Math.min(least, capsuleBoxDistance(capsule, zone));
      }
    }
  }
  return least;
}

const drawZone = (random: Random): Zone => ({
  name: "zone",
  center: [random.between(0.2, 0.9), random.between(-0.7, 0.7), random.between(0.5, 1.5)],
  sizeM: [random.between(0.05, 0.4), random.between(0.05, 0.4), random.between(0.05, 0.4)],
  yawRad: random.between(-2, 2),
});

function drawPath(random: Random): readonly (readonly number[])[] {
  if (random.chance(0.3)) return jointPath(READY, drawPositions(panda, random));
  const goal = topDownPose(
    [random.between(0.3, 0.65), random.between(-0.5, 0.5), random.between(0.75, 1.2)],
    random.between(-2.2, -0.9),
  );
  const path = planToolPath(panda, READY, goal);
  return path.ok ? path.value.waypoints : jointPath(READY, drawPositions(panda, random));
}

describe("sweep", () => {
  it("never lets a path through that brute force finds too near a zone, and refuses only those that are", () => {
    const random = createRandom(31);
    const freed: number[] = [];
    const refused: number[] = [];
    for (let run = 0; run < 120; run++) {
      const zones = [drawZone(random), drawZone(random)];
      const load = random.chance(0.5) ? loadShapes(panda, [0.06, 0.05, random.between(0.05, 0.2)]) : [];
      const job: SweepJob = { model: panda, waypoints: drawPath(random), zones, marginM: MARGIN_M, load };
      if (bruteForce({ ...job, waypoints: [READY, READY] }) < MARGIN_M) continue;
      (sweepNow(job).free ? freed : refused).push(bruteForce(job));
    }

    expect(Math.min(...freed)).toBeGreaterThanOrEqual(MARGIN_M);
    expect(Math.max(...refused)).toBeLessThan(MARGIN_M + 0.002);
    expect(freed.length).toBeGreaterThan(20);
    expect(refused.length).toBeGreaterThan(20);
  });

  it("sees a zone between two waypoints that are both far from it", () => {
    const [from, to] = [READY, [1.4, ...READY.slice(1)]];
    const post: Zone = { name: "post", center: [0.25, 0.21, 1.2], sizeM: [0.01, 0.01, 0.4], yawRad: 0 };

    expect(sweepNow({ model: panda, waypoints: [from, to], zones: [post], marginM: 0 })).toMatchObject({
      free: false,
      zone: "post",
    });
  });

  it("counts what is held", () => {
    const goal = planToolPath(panda, READY, topDownPose([0.5, 0, 1], -Math.PI / 2));
    const waypoints = goal.ok ? goal.value.waypoints : [];
    const below: Zone = { name: "below", center: [0.5, 0, 0.8], sizeM: [0.2, 0.2, 0.1], yawRad: 0 };
    const job: SweepJob = { model: panda, waypoints, zones: [below], marginM: MARGIN_M };

    expect(sweepNow(job).free).toBe(true);
    expect(sweepNow({ ...job, load: loadShapes(panda, [0.05, 0.05, 0.2]) })).toMatchObject({ free: false, link: 7 });
  });

  it("lets an arm that is inside a zone only move away from it", () => {
    const at = (z: number): readonly number[] => {
      const path = planToolPath(panda, READY, topDownPose([0.5, 0, z], -Math.PI / 2));
      return path.ok ? path.value.waypoints[path.value.waypoints.length - 1] : READY;
    };
    const around: Zone = { name: "floor", center: [0.5, 0, 0.7], sizeM: [0.5, 0.5, 0.4], yawRad: 0 };
    const move = (from: number, to: number) =>
      sweepNow({ model: panda, waypoints: jointPath(at(from), at(to)), zones: [around], marginM: MARGIN_M });

    expect(move(0.89, 1.1).free).toBe(true);
    expect(move(0.89, 0.84)).toMatchObject({ free: false, zone: "floor" });
    expect(move(0.89, 0.89)).toMatchObject({ free: false, zone: "floor" });
  });

  it("refuses a second zone on the way out of the first", () => {
    const path = planToolPath(panda, READY, topDownPose([0.5, 0, 0.89], -Math.PI / 2));
    const from = path.ok ? path.value.waypoints[path.value.waypoints.length - 1] : READY;
    const first: Zone = { name: "first", center: [0.5, 0, 0.7], sizeM: [0.5, 0.5, 0.4], yawRad: 0 };
    const second: Zone = { name: "second", center: [0.5, 0, 1.5], sizeM: [0.5, 0.5, 0.3], yawRad: 0 };
    const up = planToolPath(panda, from, topDownPose([0.5, 0, 1.2], -Math.PI / 2));

    expect(
      sweepNow({ model: panda, waypoints: up.ok ? up.value.waypoints : [], zones: [first, second], marginM: MARGIN_M }),
    ).toMatchObject({ free: false, zone: "second" });
  });

  it("pauses on long checks, so that others get their turn", () => {
    const graze: Zone = { name: "graze", center: [0.45, 0, 0.7], sizeM: [0.8, 1.2, 0.1], yawRad: 0 };
    const path = planToolPath(panda, READY, topDownPose([0.5, 0.3, 0.784], -Math.PI / 2));
    const over = planToolPath(
      panda,
      path.ok ? path.value.waypoints[path.value.waypoints.length - 1] : READY,
      topDownPose([0.5, -0.3, 0.784], -Math.PI / 2),
    );
    const run = sweep({
      model: panda,
      waypoints: over.ok ? over.value.waypoints : [],
      zones: [graze],
      marginM: MARGIN_M,
    });

    expect(run.next().done).toBe(false);
  });

  it("has nothing to look at without zones", () => {
    expect(sweepNow({ model: panda, waypoints: [READY], zones: [], marginM: MARGIN_M })).toEqual({
      free: true,
      clearanceM: Infinity,
    });
  });
});
