import { describe, expect, it } from "vitest";
import type { Receipt } from "../../domain/receipt.js";
import type { Scene } from "../../domain/scene.js";
import type { ModelRequest } from "../../ports/model-client.js";
import { approvePlan } from "../../safety/approve-plan.js";
import { safetyLimits } from "../../safety/limits.js";
import { pandaFixture } from "../../domain/kinematics/panda.fixture.js";
import { kitchen } from "../../../test/support/scene-builder.js";
import { createScriptedModel, promptData } from "../../../test/support/scripted-model.js";
import { createModelPlanner } from "./model-planner.js";

/** How one family of models writes: its answer's wrapping and its words for a point. */
interface Family {
  readonly model: string;
  readonly pointKey: string;
  readonly wrap: (json: string) => string;
}

const FAMILIES: readonly Family[] = [
  { model: "gemini-robotics-er-2-preview", pointKey: "point", wrap: (json) => `\`\`\`json\n${json}\n\`\`\`` },
  { model: "Qwen/Qwen3-VL-8B-Instruct", pointKey: "point_2d", wrap: (json) => json },
  {
    model: "qwen2.5vl:7b",
    pointKey: "point_2d",
    wrap: (json) => `Here is the plan:\n\`\`\`json\n${json}\n\`\`\`\nGood luck!`,
  },
  { model: "zai-org/GLM-4.5V", pointKey: "point", wrap: (json) => `<think>The {bag} is in a drawer.</think>${json}` },
  { model: "allenai/Molmo-7B-D-0924", pointKey: "point", wrap: (json) => json.replaceAll("}]", "},]") },
  { model: "claude-opus-5", pointKey: "point", wrap: (json) => `I looked at the picture.\n\n${json}` },
  { model: "google/paligemma2-10b-mix-448", pointKey: "point", wrap: (json) => json },
  { model: "robopoint-v1-vicuna-v1.5-13b", pointKey: "point", wrap: (json) => json },
];

/** A server-like script: decides by what stands in the prompt and nothing else. */
function decide(request: ModelRequest, by: "ids" | "points", pointKey: string): string {
  const { things, freePlaces, history } = promptData(request);
  const refer = ({ id, label, point }: ReturnType<typeof promptData>["things"][number]) =>
    by === "ids" ? { label, detectionId: id, point: null } : { label, detectionId: null, [pointKey]: point };
  const bag = things.find(({ label }) => label === "green bag");
  const drawer = things.find(({ label, state }) => label === "gray drawer" && state === "closed");
  if (history.some(({ action, grade }) => action.startsWith("move") && grade === "verified")) {
    return JSON.stringify({ steps: [{ action: "done", evidence: "the green bag is on the counter" }] });
  }
  if (bag !== undefined) {
    const to = { label: "counter", detectionId: null, [pointKey]: freePlaces?.[0].point, placement: "on" };
    return JSON.stringify({ rationale: "the bag is in sight", steps: [{ action: "move", from: refer(bag), to }] });
  }
  return JSON.stringify({ steps: drawer === undefined ? [] : [{ action: "open", target: refer(drawer) }] });
}

const receipt = (action: Receipt["action"]): Receipt => ({ step: 1, action, grade: "verified", evidence: {} });
const live = { signal: new AbortController().signal };

describe("the kitchen mission with scripted models of several families", () => {
  it.each(
    FAMILIES.flatMap((family) => [
      { ...family, by: "ids" as const },
      { ...family, by: "points" as const },
    ]),
  )("plans it step by step for $model, by $by", async ({ model, pointKey, wrap, by }) => {
    const client = createScriptedModel({ model, answer: (request) => wrap(decide(request, by, pointKey)) });
    const planner = createModelPlanner({ client, limits: { maxSteps: 20, maxOutputTokens: 1000, temperature: 0 } });
    const instruction = "take the green bag out of the drawer";
    const history: Receipt[] = [];
    const next = async (scene: Scene) => {
      const plan = await planner.plan({ instruction, scene, history, answers: [] }, live);
      if (!plan.ok) throw new Error(`${plan.code}: ${plan.message}`);
      const approved = approvePlan(plan.value, { scene, limits: safetyLimits(), model: pandaFixture, nowMs: 10 });
      if (!approved.ok) throw new Error(`${approved.code}: ${approved.message}`);
      history.push(receipt(plan.value.steps[0]));
      return plan.value.steps[0];
    };
    const closed = kitchen({ right: "open" }).build();
    const open = kitchen({ left: "open", right: "open" });
    open.add("bag", 0.47, -0.2, { id: "bag", color: "green", bottomM: 0.79 });
    const scene = open.build();
    const leftDrawer = closed.detections.find(({ id }) => id === "left-drawer")!;

    expect(await next(closed)).toMatchObject({
      action: "open",
      target: { detectionId: "left-drawer", z: leftDrawer.point.z },
    });
    const moved = await next(scene);
    expect(moved).toMatchObject({ action: "move", from: { detectionId: "bag" }, to: { placement: "on" } });
    const { to } = moved as Extract<typeof moved, { action: "move" }>;
    expect(Math.hypot(to.x - scene.freeSpots[0].point.x, to.y - scene.freeSpots[0].point.y)).toBeLessThan(0.006);
    expect(await next(scene)).toMatchObject({ action: "done" });
    expect(client.requests).toHaveLength(3);
  });
});
