import { describe, expect, it } from "vitest";
import { kitchen, scene, tabletop } from "../../../test/support/scene-builder.js";
import { SymbolicWorld } from "../../../test/support/symbolic-world.js";
import { deproject } from "../../domain/geometry/project.js";
import type { Action } from "../../domain/action.js";
import type { Receipt } from "../../domain/receipt.js";
import type { Scene } from "../../domain/scene.js";
import type { PlanRequest } from "../../ports/planner.js";
import { createGrammarPlanner } from "./grammar-planner.js";

const planner = createGrammarPlanner();
const { signal } = new AbortController();

const planFor = (instruction: string, where: Scene, more: Partial<PlanRequest> = {}) =>
  planner.plan({ instruction, scene: where, history: [], answers: [], ...more }, { signal });

async function stepsFor(
  instruction: string,
  where: Scene,
  more: Partial<PlanRequest> = {},
): Promise<readonly Action[]> {
  const plan = await planFor(instruction, where, more);
  if (!plan.ok) throw new Error(`${plan.code}: ${plan.message}`);
  return plan.value.steps;
}

const ids = (steps: readonly Action[]): string =>
  steps
    .map((step) => {
      if ("from" in step)
        return `${step.action} ${step.from.detectionId} ${"detectionId" in step.to ? step.to.detectionId : ""}`.trim();
      return "target" in step ? `${step.action} ${step.target.detectionId}` : step.action;
    })
    .join(", ");

/** The usual kitchen: one green bag in the right drawer, things on the counter. */
const world = (): SymbolicWorld =>
  new SymbolicWorld()
    .add("red", "mug", 0.45, 0.12)
    .add("blue", "mug", 0.5, -0.02)
    .add("red", "apple", 0.36, 0.02)
    .add("yellow", "lemon", 0.42, 0.45, 0.6)
    .hide("green", "bag", "right")
    .hide("blue", "sponge", "left");

describe("grammar planner: which thing is meant", () => {
  it.each([
    ["take the red mug", "grasp red-mug"],
    ["拿红色的杯子", "grasp red-mug"],
    ["take the mug on the left", "grasp red-mug"],
    ["拿右边的杯子", "grasp blue-mug"],
    ["take the mug closest to the sink", "grasp red-mug"],
    ["拿离水槽最远的杯子", "grasp blue-mug"],
    ["take the yellow thing in the sink", "grasp lemon"],
    ["把水槽里的黄色东西拿出来", "grasp lemon"],
    ["take the can on the shelf", "grasp can"],
    ["拿架子上的罐头", "grasp can"],
    ["take the mug behind the apple", "ask"],
    ["take the mug next to the sponge", "grasp red-mug"],
    ["take the sponge left of the apple", "grasp sponge"],
    ["拿苹果左边的海绵", "grasp sponge"],
    ["pick up a mug", "grasp red-mug"],
    ["把柠檬放到台面上", "move lemon"],
    ["put the apple in the sink", "move apple sink"],
    ["把海绵放到架子上", "move sponge shelf"],
    ["put the can in the sink", "move can sink"],
    ["push the blue mug to the right", "push blue-mug"],
    ["open the left drawer", "open left-drawer"],
    ["打开右边的抽屉", "open right-drawer"],
    ["put the apple in the left drawer", "open left-drawer"],
  ])("%j -> %s", async (instruction, expected) => {
    expect(ids(await stepsFor(instruction, kitchen().build()))).toBe(expected);
  });

  it.each([
    ["put the red block on the blue block", "move red-block blue-block"],
    ["把红色积木放到蓝色积木上", "move red-block blue-block"],
    ["put the biggest block in the green zone", "move green-block green-zone"],
    ["take the second block from the left", "grasp blue-block"],
    ["拿从右边数第二个积木", "grasp blue-block"],
    ["take the middle block", "grasp blue-block"],
    ["take the rightmost block", "grasp green-block"],
    ["take the block between the red block and the green block", "grasp blue-block"],
    ["按颜色把积木分类", "move blue-block blue-bowl, move green-block green-zone, move red-block red-bowl"],
    ["put each block in the bowl of its colour", "move blue-block blue-bowl, move red-block red-bowl"],
  ])("on the table, %j -> %s", async (instruction, expected) => {
    const steps = await stepsFor(instruction, tabletop().build());

    expect(ids(steps).split(", ").sort()).toEqual(expected.split(", ").sort());
  });

  it("points at what it saw: the target is the detection's own image point", async () => {
    const where = kitchen().build();
    const [step] = await stepsFor("take the red mug", where);
    const mug = where.detections.find(({ id }) => id === "red-mug");

    expect(step).toEqual({ action: "grasp", target: { label: "red mug", detectionId: "red-mug", ...mug?.point } });
  });

  it("does not take a thing whose colour is surely another one", async () => {
    const where = scene()
      .add("mug", 0.45, 0, {
        color: "blue",
        colorScores: [
          ["blue", 0.78],
          ["red", 0.22],
        ],
      })
      .build();

    expect(await stepsFor("take the red mug", where)).toEqual([{ action: "look", at: "left" }]);
  });
});

describe("grammar planner: questions", () => {
  const twoMugs = (): Scene =>
    scene()
      .add("mug", 0.45, 0.2, { id: "left", color: "red" })
      .add("mug", 0.45, -0.2, { id: "right", color: "red" })
      .build();
  const question = 'I see more than one "red mug". Which do you mean?';

  it("asks when two things fit, with choices that tell them apart", async () => {
    expect(await stepsFor("take the red mug", twoMugs())).toEqual([
      { action: "ask", question, choices: ["the red mug on the left", "the red mug on the right"] },
    ]);
  });

  it.each([
    ["the red mug on the left", "left"],
    ["the right one", "right"],
    ["左边的", "left"],
    ["the rightmost", "right"],
    ["any", "left"],
  ])("takes the answer %j", async (answer, id) => {
    const steps = await stepsFor("take the red mug", twoMugs(), { answers: [{ question, answer }] });

    expect(ids(steps)).toBe(`grasp ${id}`);
  });

  it("fails with ambiguous when the answer says nothing it can use", async () => {
    const plan = await planFor("take the red mug", twoMugs(), { answers: [{ question, answer: "the florb" }] });

    expect(plan).toMatchObject({ ok: false, code: "ambiguous" });
  });

  it("offers choices that each lead to the thing they describe", async () => {
    const where = scene()
      .sink()
      .add("mug", 0.45, -0.1, { id: "a", color: "red" })
      .add("mug", 0.45, -0.3, { id: "b", color: "red" })
      .add("mug", 0.45, 0.1, { id: "c", color: "blue" })
      .add("mug", 0.42, 0.44, { id: "e", color: "red", bottomM: 0.6 })
      .build();
    const [asked] = await stepsFor("take the mug", where);
    if (asked.action !== "ask") throw new Error("expected a question");

    const chosen = [];
    for (const answer of asked.choices)
      chosen.push(ids(await stepsFor("take the mug", where, { answers: [{ question: asked.question, answer }] })));

    expect(new Set(chosen)).toEqual(new Set(["grasp a", "grasp b", "grasp c", "grasp e"]));
  });

  it("asks where to when no place was named, and goes there", async () => {
    const run = await world().run(planner, "clear the counter", { answers: ["in the sink"] });

    expect(run.outcome).toBe("done");
    expect([...run.log].sort()).toEqual(["move blue mug -> sink", "move red apple -> sink", "move red mug -> sink"]);
  });
});

describe("grammar planner: whole missions", () => {
  it.each<[string, readonly string[]]>([
    ["take the green bag out of the right drawer", ["open right drawer", "grasp green bag"]],
    ["take the green bag out of the drawer", ["open left drawer", "open right drawer", "grasp green bag"]],
    ["把右边抽屉里的绿色包装袋拿出来", ["open right drawer", "grasp green bag"]],
    ["put the green bag in the sink", ["open left drawer", "open right drawer", "move green bag -> sink"]],
    [
      "打开右边的抽屉，把绿色袋子放到水槽里，然后关上抽屉",
      ["open right drawer", "move green bag -> sink", "close right drawer"],
    ],
    [
      "open the left drawer, put the apple in it and close it",
      ["open left drawer", "move red apple -> left drawer", "close left drawer"],
    ],
    ["take the apple and put it in the left drawer", ["open left drawer", "move red apple -> left drawer"]],
    ["put all the mugs in the sink", ["move red mug -> sink", "move blue mug -> sink"]],
    ["把苹果放进水槽，然后打开左边的抽屉", ["move red apple -> sink", "open left drawer"]],
    ["open both drawers", ["open left drawer", "open right drawer"]],
    ["给我那个红色的杯子", ["grasp red mug", "say Here is the red mug, please take it."]],
    [
      "put the red mug in the sink and the apple in the left drawer",
      ["move red mug -> sink", "open left drawer", "move red apple -> left drawer"],
    ],
    ["take everything out of the left drawer", ["open left drawer", "grasp blue sponge"]],
    ["take the red mug, then open the left drawer", ["grasp red mug", "place -> counter", "open left drawer"]],
    ["take the lemon out of the sink and put it on the counter", ["move yellow lemon -> counter"]],
    [
      "put the apple in the sink and then put it on the counter",
      ["move red apple -> sink", "move red apple -> counter"],
    ],
    [
      "把所有的杯子放到水槽里，再把柠檬放到台面上",
      ["move red mug -> sink", "move blue mug -> sink", "move yellow lemon -> counter"],
    ],
  ])("%j", async (instruction, expected) => {
    const run = await world().run(planner, instruction);

    expect([run.outcome, run.text, [...run.log].sort()]).toEqual(["done", expect.any(String), [...expected].sort()]);
  });

  it("is done at once when the scene shows that it is so", async () => {
    expect(await stepsFor("open the left drawer", kitchen({ left: "open" }).build())).toMatchObject([
      { action: "done" },
    ]);
    expect(await stepsFor("把柠檬放进水槽", kitchen().build())).toMatchObject([{ action: "done" }]);
    expect(await stepsFor("take the red mug", scene().holding("red", "mug").build())).toMatchObject([
      { action: "done" },
    ]);
  });

  it("places what is held instead of grasping it again", async () => {
    const steps = await stepsFor("put the green bag in the sink", scene().sink().holding("green", "bag").build());

    expect(steps).toMatchObject([{ action: "place", to: { label: "sink", placement: "in" } }]);
  });

  it("opens a drawer that is only ajar before it reaches into it", async () => {
    const where = kitchen({ right: "ajar" }).add("bag", 0.58, -0.48, { color: "green", bottomM: 0.79 }).build();

    expect(ids(await stepsFor("take the green bag", where))).toBe("open right-drawer");
  });

  it("looks around and then says what it sees when a thing is nowhere", async () => {
    const run = await new SymbolicWorld({ left: "open", right: "open" })
      .add("red", "mug", 0.4, 0)
      .run(planner, "take the banana");

    expect(run.log).toEqual(["look left", "look right", "look home"]);
    expect(run.outcome).toBe("failed");
    expect(run.text).toMatch(/^not-visible: I cannot see "banana"\. I see .*red mug/u);
  });

  it("keeps several things in one container apart", async () => {
    const steps = await stepsFor("put all the mugs in the sink", kitchen().build());
    const spots = steps.flatMap((step) => (step.action === "move" ? [deproject(kitchen().build().view, step.to)] : []));

    expect(spots).toHaveLength(2);
    expect(Math.hypot(spots[0][0] - spots[1][0], spots[0][1] - spots[1][1])).toBeGreaterThan(0.07);
  });

  it("puts things to the side that was said, on the counter", async () => {
    const where = tabletop().build();
    const anchor = where.detections.find(({ id }) => id === "blue-block");
    for (const [instruction, axis, sign] of [
      ["put the red block to the right of the blue block", 1, -1],
      ["把红色积木放到蓝色积木左边", 1, 1],
      ["put the red block in front of the blue block", 0, -1],
      ["把红色积木放到蓝色积木后面", 0, 1],
    ] as const) {
      const [step] = await stepsFor(instruction, where);
      if (step.action !== "move" || anchor === undefined) throw new Error("expected a move");
      const offset = deproject(where.view, step.to)[axis] - anchor.extentInBase.center[axis];

      expect(offset * sign).toBeGreaterThan(0.04);
    }
  });
});

describe("grammar planner: failures", () => {
  const failed = (action: Action, code: Receipt["code"]): Receipt => ({
    step: 1,
    action,
    grade: "failed",
    code,
    evidence: {},
  });

  it("tries a grasp that missed three times in all, then gives up with the code", async () => {
    const run = await world().run(planner, "take the red mug", { failWith: () => "nothing-grasped" });

    expect(run.log).toEqual(["grasp red mug", "grasp red mug", "grasp red mug"]);
    expect(run).toMatchObject({ outcome: "give-up", text: expect.stringMatching(/^nothing-grasped/u) });
  });

  it("gives up a step that was refused twice", async () => {
    const run = await world().run(planner, "take the red mug", { failWith: () => "out-of-reach" });

    expect(run.log).toHaveLength(2);
    expect(run.text).toMatch(/^out-of-reach/u);
  });

  it("goes on after one miss", async () => {
    const run = await world().run(planner, "put the red mug in the sink", {
      failWith: (action, attempt) => (action.action === "move" && attempt === 1 ? "dropped" : undefined),
    });

    expect(run).toMatchObject({ outcome: "done", log: ["move red mug -> sink", "move red mug -> sink"] });
  });

  it("chooses another spot when one was refused", async () => {
    const where = kitchen().build();
    const [first] = await stepsFor("put the lemon on the counter", where);
    const [second] = await stepsFor("put the lemon on the counter", where, { history: [failed(first, "keep-out")] });
    if (first.action !== "move" || second.action !== "move") throw new Error("expected moves");
    const [a, b] = [deproject(where.view, first.to), deproject(where.view, second.to)];

    expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(0.04);
  });

  it("keeps to the bowl that it has chosen, when another comes to look nearer", async () => {
    const table = (aX: number, bX: number) =>
      scene()
        .add("bowl", aX, 0.25, { id: "bowl-a", color: "blue" })
        .add("bowl", bX, -0.25, { id: "bowl-b", color: "blue" })
        .add("block", 0.4, 0.05, { id: "first", color: "red" })
        .add("block", 0.44, -0.05, { id: "second", color: "red" })
        .counterSpots()
        .build();
    const words = "put all the red blocks in a blue bowl";

    const [first] = await stepsFor(words, table(0.5, 0.52));
    const history: Receipt[] = [{ step: 1, action: first, grade: "verified", evidence: {} }];
    const later = await stepsFor(words, table(0.53, 0.5), { history });

    expect(ids([first])).toMatch(/bowl-a$/u);
    expect(ids(later)).toMatch(/second bowl-a/u);
    expect(ids(later)).not.toMatch(/bowl-b/u);
  });

  it("tries the other drawer when one will not open", async () => {
    const run = await world().run(planner, "take the green bag", {
      failWith: (action) =>
        action.action === "open" && action.target.label === "left drawer" ? "not-opened" : undefined,
    });

    expect(run.outcome).toBe("done");
    expect(run.log.slice(-2)).toEqual(["open right drawer", "grasp green bag"]);
  });

  it("grasps again when what was taken is no longer in the hand", async () => {
    const where = kitchen().build();
    const [grasp] = await stepsFor("take the red mug", where);
    const history: Receipt[] = [{ step: 1, action: grasp, grade: "verified", evidence: {} }];

    expect(ids(await stepsFor("take the red mug", where, { history }))).toBe("grasp red-mug");
  });

  it("names the unknown word, what it can do and what it sees", async () => {
    const plan = await planFor("take the unicorn", kitchen().build());

    expect(plan).toMatchObject({ ok: false, code: "unknown-word", details: { word: "unicorn" } });
    expect(!plan.ok && plan.message).toMatch(/"unicorn".*take.*red mug/u);
  });

  it("says that nothing is held when 'it' stands for nothing", async () => {
    expect(await planFor("put it in the sink", kitchen().build())).toMatchObject({
      ok: false,
      code: "bad-instruction",
    });
  });
});
