import { describe, expect, it } from "vitest";
import type { Detection } from "../../src/domain/detection.js";
import { segmentBoxDistance } from "../../src/domain/kinematics/box-distance.js";
import { capsulesAt } from "../../src/domain/kinematics/capsules.js";
import type { Receipt } from "../../src/domain/receipt.js";
import type { RobotState } from "../../src/domain/robot-state.js";
import type { Scene } from "../../src/domain/scene.js";
import { createScene, pandaModel, type SceneSpec, type Simulation, type TruthSnapshot } from "../../sim/index.js";
import { runSimMission } from "../support/sim-mission.js";

const openHand = (simulation: Simulation): Promise<unknown> =>
  simulation.robot.setGripper(0.08, { forceN: 20, signal: new AbortController().signal });

const grades = (receipts: readonly Receipt[]): string[] =>
  receipts.map(({ action, grade, code }) => [action.action, grade, code].filter(Boolean).join(" "));

const trueThing = (truth: TruthSnapshot, color: string, kind: string): TruthSnapshot["objects"][number] => {
  const found = truth.objects.find((object) => object.color === color && object.kind === kind);
  if (found === undefined) throw new Error(`There is no ${color} ${kind} in this scene.`);
  return found;
};

/** The demo kitchen with its red mug changed. */
function kitchenWith(change: (mug: SceneSpec["objects"][number]) => SceneSpec["objects"][number]): SceneSpec {
  const scene = createScene("kitchen", 1);
  const isMug = ({ kind, color }: SceneSpec["objects"][number]): boolean => kind === "mug" && color === "red";
  return { ...scene, objects: scene.objects.map((object) => (isMug(object) ? change(object) : object)) };
}

const seen = (scene: Scene, label: string): Detection => {
  const found = scene.detections.find((detection) => detection.label === label);
  if (found === undefined) throw new Error(`No ${label} is seen.`);
  return found;
};

describe("a mission in the simulator", { timeout: 120_000 }, () => {
  it("leaves the world as it says", async () => {
    const { result, truth } = await runSimMission("put the red mug in the sink");

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    expect(trueThing(truth, "red", "mug")).toMatchObject({ containedIn: "sink", held: false });
  });

  it("does not believe a planner that says done at once", async () => {
    const claim = { steps: [{ action: "done" as const, evidence: "the red mug is in the sink" }] };

    const { result, sent } = await runSimMission("put the red mug in the sink", { meddle: async () => claim });

    expect(result).toMatchObject({ outcome: "failed", grade: "failed", code: "not-verified" });
    expect(grades(result.receipts)).toEqual(["done failed not-verified", "done failed not-verified"]);
    expect(sent).toEqual([]);
  });

  it("notices that what it held has slipped out of its hand, and does not say done for it", async () => {
    const { result, truth } = await runSimMission("take the red mug", {
      async meddle(call, _request, simulation) {
        if (call === 2) await openHand(simulation);
        return undefined;
      },
    });

    expect(grades(result.receipts).slice(0, 2)).toEqual(["grasp verified", expect.stringMatching(/^done failed/)]);
    expect(result.outcome === "done").toBe(trueThing(truth, "red", "mug").held);
  });

  it("does not claim what is too heavy to lift", async () => {
    const { result } = await runSimMission("take the red mug", {
      scene: kitchenWith((mug) => ({ ...mug, massKg: 40 })),
    });

    expect(result).toMatchObject({ outcome: "given-up", code: "not-moved" });
    expect(result.receipts.every(({ grade }) => grade !== "verified")).toBe(true);
  });

  it("plans anew after a refused step, and comes to its end", async () => {
    const { result } = await runSimMission("take the red mug", {
      async meddle(call, { scene }) {
        if (call > 1) return undefined;
        const { point, label, id } = seen(scene, "red mug");
        const nearer = { ...point, z: point.z - 0.3 };
        return { steps: [{ action: "grasp", target: { label, detectionId: id, ...nearer } }] };
      },
    });

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    expect(grades(result.receipts)).toEqual(["grasp refused depth-disagrees", "grasp verified", "done verified"]);
  });

  it("refuses a plan that names what is not in the scene, or is no plan at all", async () => {
    const target = { label: "gold bar", detectionId: "d99", x: 0.5, y: 0.5, z: 1 };

    const { result, sent } = await runSimMission("take the red mug", {
      set: ["mission.maxReplans=1"],
      meddle: async (call) =>
        call === 1
          ? { steps: [{ action: "grasp", target }] }
          : ({ steps: [{ action: "fly", limits: { keepOut: [] } }] } as never),
    });

    expect(grades(result.receipts)[0]).toBe("grasp refused not-visible");
    expect(result).toMatchObject({ outcome: "given-up", code: "bad-action" });
    expect(sent).toEqual([]);
  });

  it("says that a thing is out of reach, and does not move for it", async () => {
    const { result, sent } = await runSimMission("take the red mug", {
      scene: kitchenWith((mug) => ({
        ...mug,
        pose: { ...mug.pose, position: [0.94, 0.6, mug.pose.position[2]] },
      })),
    });

    expect(result).toMatchObject({ outcome: "given-up", code: "out-of-reach" });
    expect(sent).toEqual([]);
  });

  it("says that it sees nothing when its eyes find nothing", async () => {
    const close = async (): Promise<void> => undefined;
    const { result } = await runSimMission("take the red mug", {
      eyes: {
        grounder: { name: "blind", ground: async () => [], close },
        depth: { name: "none", estimate: async () => Promise.reject(new Error("not asked")), close },
        close,
      },
    });

    expect(result).toMatchObject({ outcome: "given-up", code: "not-visible" });
  });

  it("asks which of two is meant, and takes the one that the person names", async () => {
    const asked: (readonly string[])[] = [];
    const { result, truth } = await runSimMission("take the mug", {
      set: ["robot.seed=5"],
      answer: async (_question, choices) => {
        asked.push(choices.toSorted());
        return "the pink mug";
      },
    });

    expect(asked).toEqual([["the cyan mug", "the pink mug"]]);
    expect(result).toMatchObject({ outcome: "done" });
    expect(trueThing(truth, "pink", "mug").held).toBe(true);
  });

  it("moves with a person's word where one is needed, and not without", async () => {
    const set = ["safety.approve=always"];
    const asked: string[] = [];
    const allowed = await runSimMission("take the red mug", {
      set,
      answer: async (question) => {
        asked.push(question);
        return "yes";
      },
    });
    const denied = await runSimMission("take the red mug", { set, answer: async () => "no" });

    expect(asked).toHaveLength(1);
    expect(allowed.result).toMatchObject({ outcome: "done" });
    expect(denied.result).toMatchObject({ outcome: "given-up", code: "not-approved" });
    expect(denied.sent).toEqual([]);
  });

  it("keeps every part of the arm out of a keep-out box while it works beside it", async () => {
    const zone = { name: "bottle", center: [0.34, 0.22, 0.82], sizeM: [0.06, 0.06, 0.2], yawRad: 0 } as const;
    const states: Promise<RobotState>[] = [];

    const { result } = await runSimMission("take the red mug", {
      set: [`safety.keepOut=${JSON.stringify([zone])}`],
      watch: (simulation) =>
        simulation.film({ camera: "head", everyS: 0.2, sink: () => void states.push(simulation.robot.state()) }),
    });

    const clearances = (await Promise.all(states)).flatMap(({ jointPositions }) =>
      capsulesAt(pandaModel, jointPositions).map((c) => segmentBoxDistance(c.from, c.to, zone) - c.radiusM),
    );
    expect(result.outcome).toBe("done");
    expect(states.length).toBeGreaterThan(10);
    expect(Math.min(...clearances)).toBeGreaterThan(0.01);
    expect(Math.min(...clearances)).toBeLessThan(0.1); // or it was not beside it
  });
});
