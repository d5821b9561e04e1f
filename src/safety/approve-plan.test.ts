import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Action } from "../domain/action.js";
import { pandaFixture as panda } from "../domain/kinematics/panda.fixture.js";
import { createRandom } from "../domain/random.js";
import type { Scene } from "../domain/scene.js";
import { approvePlan } from "./approve-plan.js";
import { safetyLimits } from "./limits.js";
import { at, BAG, FAR, MUG, point, sceneWith, thingAt } from "./scene.fixture.js";

interface Given {
  readonly scene?: Scene;
  readonly limits?: Parameters<typeof safetyLimits>[0];
  readonly nowMs?: number;
}

const judge = (plan: unknown, { scene = sceneWith(), limits = {}, nowMs = 1500 }: Given = {}) =>
  approvePlan(plan, { scene, limits: safetyLimits(limits), model: panda, nowMs });
const judgeSteps = (steps: readonly Action[], given: Given = {}) => judge({ steps }, given);

const SPOT = point("free spot", [0.45, 0.2, 0.72]);
const HELD = { label: "green bag" };

describe("approvePlan", () => {
  it("lets a plain plan through as it is", () => {
    const steps: Action[] = [
      { action: "grasp", target: at(BAG) },
      { action: "place", to: SPOT },
      { action: "done", evidence: "the bag is on the counter" },
    ];

    expect(judgeSteps(steps)).toEqual({ ok: true, value: { steps } });
  });

  it("freezes what it approved, and leaves what it was given alone", () => {
    const plan = { steps: [{ action: "grasp", target: { ...at(BAG) } }] };

    const approved = judge(plan);
    plan.steps[0].target.x = 0.9;

    expect(approved.ok && approved.value.steps[0]).toMatchObject({ target: { x: BAG.point.x } });
    expect(approved.ok && Object.isFrozen(approved.value.steps)).toBe(true);
    expect(approved.ok && "target" in approved.value.steps[0] && Object.isFrozen(approved.value.steps[0].target)).toBe(
      true,
    );
  });

  it.each([
    ["nothing at all", undefined],
    ["text", "grasp(0.5, 0.5, 1)"],
    ["no steps", { steps: [] }],
    ["an unknown action", { steps: [{ action: "throw", target: at(BAG) }] }],
    ["an unknown key", { steps: [{ action: "grasp", target: at(BAG), speed: 9 }] }],
    ["limits smuggled in beside the steps", { steps: [{ action: "release" }], limits: { maxSteps: 99 } }],
    ["a coordinate that is not a number", { steps: [{ action: "grasp", target: { ...at(BAG), z: NaN } }] }],
    ["a point outside the picture", { steps: [{ action: "grasp", target: { ...at(BAG), x: 1.2 } }] }],
  ])("refuses %s as bad-action", (_name, plan) => {
    expect(judge(plan)).toMatchObject({ ok: false, code: "bad-action" });
  });

  it("says which step of a malformed plan is bad", () => {
    expect(judge({ steps: [{ action: "release" }, { action: "throw" }] })).toMatchObject({ details: { step: 1 } });
  });

  it("refuses a plan with more steps than the limit", () => {
    const steps: Action[] = Array.from({ length: 4 }, () => ({ action: "wait", seconds: 1 }));

    expect(judgeSteps(steps, { limits: { maxSteps: 3 } })).toMatchObject({
      code: "too-many-steps",
      details: { bound: 3, value: 4 },
    });
  });

  it("refuses to move on an old picture, or on one from the future, but lets the robot speak", () => {
    const grasp: Action[] = [{ action: "grasp", target: at(BAG) }];

    expect(judgeSteps(grasp, { nowMs: 17_000 })).toMatchObject({
      code: "stale-frame",
      details: { bound: 15_000, value: 16_000 },
    });
    expect(judgeSteps(grasp, { nowMs: 900 })).toMatchObject({ code: "stale-frame" });
    expect(judgeSteps(grasp, { nowMs: NaN })).toMatchObject({ code: "stale-frame" });
    expect(judgeSteps([{ action: "say", text: "one moment" }], { nowMs: 99_000 }).ok).toBe(true);
  });

  it("refuses an id that is not in the scene, and lists those that are", () => {
    const steps: Action[] = [{ action: "grasp", target: { ...at(BAG), detectionId: "d9" } }];

    expect(judgeSteps(steps)).toMatchObject({
      code: "not-visible",
      details: { step: 0, value: "d9", ids: ["d1", "d2", "d3"] },
    });
    expect(judgeSteps([{ action: "look", at: { ...at(BAG), detectionId: "d9" } }])).toMatchObject({
      code: "not-visible",
    });
  });

  describe("follows the hand through the steps", () => {
    it("refuses to grasp, open, close or push with a full hand", () => {
      const full = sceneWith({ held: HELD });
      for (const action of ["grasp", "open", "close"] as const) {
        expect(judgeSteps([{ action, target: at(MUG) }], { scene: full })).toMatchObject({ code: "hand-full" });
      }
      expect(judgeSteps([{ action: "push", from: at(MUG), to: at(BAG) }], { scene: full })).toMatchObject({
        code: "hand-full",
      });
    });

    it("refuses a second grasp before the first thing is put down, and names the step", () => {
      expect(
        judgeSteps([
          { action: "grasp", target: at(BAG) },
          { action: "grasp", target: at(MUG) },
        ]),
      ).toMatchObject({
        code: "hand-full",
        details: { step: 1, action: "grasp" },
      });
      expect(
        judgeSteps([{ action: "grasp", target: at(BAG) }, { action: "release" }, { action: "grasp", target: at(MUG) }])
          .ok,
      ).toBe(true);
    });

    it("refuses to place with an empty hand", () => {
      expect(judgeSteps([{ action: "place", to: SPOT }])).toMatchObject({ code: "hand-empty" });
      expect(judgeSteps([{ action: "place", to: SPOT }], { scene: sceneWith({ held: HELD }) }).ok).toBe(true);
      expect(
        judgeSteps([
          { action: "move", from: at(BAG), to: SPOT },
          { action: "place", to: SPOT },
        ]),
      ).toMatchObject({ code: "hand-empty", details: { step: 1 } });
    });

    it("moves what is held, by id or by name, but nothing else while something is held", () => {
      const held = { ...BAG, held: true as const };
      const full = sceneWith({ held: HELD, detections: [held, MUG, FAR] });

      expect(judgeSteps([{ action: "move", from: at(held), to: SPOT }], { scene: full }).ok).toBe(true);
      expect(
        judgeSteps([{ action: "move", from: { ...point("bag", [0.5, 0.1, 0.8]) }, to: SPOT }], { scene: full }).ok,
      ).toBe(true);
      expect(judgeSteps([{ action: "move", from: at(MUG), to: SPOT }], { scene: full })).toMatchObject({
        code: "hand-full",
      });
    });
  });

  describe("holds a pointed-at place against what was measured", () => {
    it("refuses a depth that a model made up", () => {
      const wrong = { ...at(BAG), z: BAG.point.z - 0.2 };

      const verdict = judgeSteps([{ action: "grasp", target: wrong }]);

      expect(verdict).toMatchObject({ code: "depth-disagrees", details: { bound: 0.08 } });
      expect(!verdict.ok && verdict.details?.value).toBeGreaterThan(0.08);
    });

    it("refuses a point at one thing under another's id", () => {
      expect(judgeSteps([{ action: "grasp", target: { ...at(MUG), detectionId: "d1" } }])).toMatchObject({
        code: "depth-disagrees",
      });
    });

    it("takes a point without an id where something was measured, and refuses it where nothing was", () => {
      expect(judgeSteps([{ action: "grasp", target: point("bag", [0.5, 0.1, 0.82]) }]).ok).toBe(true);
      expect(judgeSteps([{ action: "grasp", target: point("bag", [0.4, 0.35, 0.85]) }])).toMatchObject({
        code: "depth-disagrees",
      });
    });

    it("takes a destination at the height of a surface, and refuses one in mid-air", () => {
      const scene = sceneWith({ held: HELD });

      expect(judgeSteps([{ action: "place", to: point("there", [0.4, 0.3, 0.73]) }], { scene }).ok).toBe(true);
      expect(judgeSteps([{ action: "place", to: point("there", [0.4, 0.3, 1.05]) }], { scene })).toMatchObject({
        code: "depth-disagrees",
      });
    });

    it("allows a place beside a thing to be beside it", () => {
      const scene = sceneWith({ held: HELD });
      const beside = { ...point("mug", [0.45, -0.05, 0.72]), detectionId: "d2" };

      expect(judgeSteps([{ action: "place", to: { ...beside, placement: "beside" } }], { scene }).ok).toBe(true);
      expect(judgeSteps([{ action: "place", to: { ...beside, placement: "on" } }], { scene })).toMatchObject({
        code: "depth-disagrees",
      });
    });
  });

  it("refuses a place outside the workspace box, with the axis and the bound", () => {
    const limits = {
      workspace: { min: [0, -1, 0.4] as [number, number, number], max: [0.48, 1, 1.9] as [number, number, number] },
    };

    expect(judgeSteps([{ action: "grasp", target: at(BAG) }], { limits })).toMatchObject({
      code: "outside-workspace",
      details: { axis: "x", bound: 0.48 },
    });
  });

  it("refuses a place inside a keep-out box, or nearer than the margin, and names the box", () => {
    const stove = {
      name: "stove",
      center: [0.5, 0.1, 0.8] as [number, number, number],
      sizeM: [0.2, 0.2, 0.2] as [number, number, number],
    };

    expect(judgeSteps([{ action: "grasp", target: at(BAG) }], { limits: { keepOut: [stove] } })).toMatchObject({
      code: "keep-out",
      details: { zone: "stove", bound: 0.02 },
    });
    expect(judgeSteps([{ action: "grasp", target: at(MUG) }], { limits: { keepOut: [stove] } }).ok).toBe(true);
    expect(
      judgeSteps([{ action: "approach", target: at(BAG) }], {
        limits: { keepOut: [{ ...stove, center: [0.5, 0.21, 0.8] }], marginM: 0.05 },
      }),
    ).toMatchObject({ code: "keep-out" });
  });

  it("refuses to grasp what is out of reach, and approves an approach to it", () => {
    expect(judgeSteps([{ action: "grasp", target: at(FAR) }])).toMatchObject({
      code: "out-of-reach",
      details: { step: 0 },
    });
    expect(
      judgeSteps([
        { action: "approach", target: at(FAR) },
        { action: "grasp", target: at(FAR) },
      ]).ok,
    ).toBe(true);
  });

  it("does not judge by an old view what a drawer or a push has changed", () => {
    expect(judgeSteps([{ action: "grasp", target: at(FAR) }])).toMatchObject({ code: "out-of-reach" });
    expect(
      judgeSteps([
        { action: "open", target: at(MUG) },
        { action: "grasp", target: at(FAR) },
      ]).ok,
    ).toBe(true);
  });

  describe("keeps away from forbidden things", () => {
    const knife = thingAt("d4", "grey knife", [0.4, 0.35, 0.77]);
    const scene = sceneWith({ detections: [BAG, MUG, knife] });
    const limits = { forbiddenLabels: ["knife"] };

    it("by their label", () => {
      expect(judgeSteps([{ action: "grasp", target: at(knife) }], { scene, limits })).toMatchObject({
        code: "forbidden",
        details: { bound: "knife" },
      });
      expect(judgeSteps([{ action: "grasp", target: at(BAG) }], { scene, limits }).ok).toBe(true);
    });

    it("under another name, by id or by place", () => {
      expect(
        judgeSteps([{ action: "grasp", target: { ...at(knife), label: "spoon" } }], { scene, limits }),
      ).toMatchObject({ code: "forbidden" });
      expect(
        judgeSteps([{ action: "grasp", target: point("spoon", [0.4, 0.35, 0.77]) }], { scene, limits }),
      ).toMatchObject({ code: "forbidden" });
    });

    it("at any step, also where geometry is no longer judged", () => {
      expect(
        judgeSteps(
          [
            { action: "open", target: at(MUG) },
            { action: "grasp", target: at(knife) },
          ],
          { scene, limits },
        ),
      ).toMatchObject({ code: "forbidden", details: { step: 1 } });
    });

    it("but may look at them", () => {
      expect(judgeSteps([{ action: "look", at: at(knife) }], { scene, limits }).ok).toBe(true);
    });
  });

  it("never approves a grasp outside the box, in a zone, or out of reach, wherever a model points", () => {
    const random = createRandom(51);
    const zone = {
      name: "z",
      center: [0.45, 0.2, 0.85] as [number, number, number],
      sizeM: [0.2, 0.2, 0.3] as [number, number, number],
    };
    const limits = {
      keepOut: [zone],
      workspace: {
        min: [0.2, -0.6, 0.5] as [number, number, number],
        max: [0.7, 0.6, 1.2] as [number, number, number],
      },
    };
    let approved = 0;
    for (let run = 0; run < 150; run++) {
      const thing = thingAt("d1", "can", [random.between(0.1, 1.2), random.between(-0.6, 0.6), random.between(0.6, 1)]);
      if (thing.point.x < 0 || thing.point.x > 1 || thing.point.y < 0 || thing.point.y > 1) continue;
      const verdict = judgeSteps([{ action: "grasp", target: at(thing) }], {
        scene: sceneWith({ detections: [thing] }),
        limits,
      });
      if (!verdict.ok) continue;
      approved++;
      const [x, y, z] = thing.positionInBase;
      expect(x >= 0.199 && x <= 0.701 && Math.abs(y) <= 0.601 && z <= 1.201).toBe(true);
      const inside = Math.abs(x - 0.45) < 0.12 && Math.abs(y - 0.2) < 0.12 && Math.abs(z - 0.85) < 0.17;
      const atEdge =
        Math.hypot(
          Math.max(0, Math.abs(x - 0.45) - 0.1),
          Math.max(0, Math.abs(y - 0.2) - 0.1),
          Math.max(0, Math.abs(z - 0.85) - 0.15),
        ) >= 0.0199;
      expect(!inside || atEdge).toBe(true);
      expect(Math.hypot(x, y, z - 1.033)).toBeLessThan(1.1);
    }
    expect(approved).toBeGreaterThan(20);
  });

  it("is the only place that makes an ApprovedPlan", () => {
    const source = join(import.meta.dirname, "..");
    const casts = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
      .filter((path) =>
        /\bas\s+(?:unknown\s+as\s+)?ApprovedPlan\b|<ApprovedPlan>\s*[({[]/.test(
          readFileSync(join(source, path), "utf8"),
        ),
      );

    expect(casts).toEqual([join("safety", "approve-plan.ts")]);
    expect(readFileSync(join(import.meta.dirname, "approve-plan.ts"), "utf8").match(/as ApprovedPlan\b/g)).toHaveLength(
      1,
    );
  });
});
