import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CONVENTIONS, conventionFor } from "../../src/planning/model/convention-table.js";
import { MODEL_FAMILIES } from "../support/servers/model-families.js";
import type { ModelServer } from "../support/servers/model-server.js";
import { startOpenAiServer } from "../support/servers/openai-server.js";
import { seeingModel } from "../support/servers/seeing-model.js";
import { missionEnd, ORACLE, runCli } from "../support/run-cli.js";
import { runSimMission } from "../support/sim-mission.js";

const INSTRUCTION = "take the green bag out of the drawer";
const STORY = ["open verified", "grasp verified", "done verified"];

let server: ModelServer;
beforeEach(async () => {
  server = await startOpenAiServer();
});
afterEach(async () => server.close());

const plannerOf = (model: string): string[] => [
  "planner.type=openai-compatible",
  `planner.baseUrl=${server.baseUrl}`,
  `planner.model=${model}`,
];

const told = (
  receipts: readonly { readonly action: { readonly action: string }; readonly grade: string }[],
): string[] => receipts.map(({ action, grade }) => `${action.action} ${grade}`);

it("has a family for every convention that is known", () => {
  expect(new Set(MODEL_FAMILIES.map(({ convention }) => convention))).toEqual(
    new Set(CONVENTIONS.map(({ name }) => name)),
  );
});

it.each(MODEL_FAMILIES)("knows by its name how $model writes points", ({ model, convention }) => {
  expect(conventionFor(model)).toMatchObject({ ok: true, value: { name: convention } });
});

/** RoboBrain 2.0 points as the Qwen2.5-VL does that it was made from: one whole mission is enough for both. */
const POINTING = MODEL_FAMILIES.filter(({ model, write }) => write !== undefined && !model.includes("RoboBrain"));

describe("the green bag, planned by models of many families", { timeout: 120_000 }, () => {
  it.each(POINTING)("is taken out by $model, pointing at what it sees in the picture", async (family) => {
    server.respond(seeingModel(family, "points"));

    const { result } = await runSimMission(INSTRUCTION, { set: [...plannerOf(family.model), "mission.maxReplans=0"] });

    expect(result).toMatchObject({ outcome: "done", grade: "verified" });
    expect(told(result.receipts)).toEqual(STORY);
    expect(server.requests).toHaveLength(3);
  });

  it.each(MODEL_FAMILIES.filter(({ model }) => /Qwen|gemini|Molmo|paligemma|InternVL|Llama/.test(model)))(
    "is taken out by $model, naming things by id",
    async (family) => {
      server.respond(seeingModel(family, "ids"));

      const { result } = await runSimMission(INSTRUCTION, {
        set: [...plannerOf(family.model), "mission.maxReplans=0"],
      });

      expect(told(result.receipts)).toEqual(STORY);
      expect(result.outcome).toBe("done");
    },
  );
});

describe("the same on the command line", { timeout: 120_000 }, () => {
  it.each([
    ["ids", "Qwen/Qwen3-VL-8B-Instruct", []],
    ["points", "Qwen/Qwen2.5-VL-7B-Instruct", ORACLE],
  ] as const)("by %s with %s, leaving prompt, picture and raw answer of each turn", async (by, model, eyes) => {
    const family = MODEL_FAMILIES.find((one) => one.model === model)!;
    server.respond(seeingModel(family, by));
    const trace = join(mkdtempSync(join(tmpdir(), "handeye-trace-")), "turns");
    const sets = plannerOf(model).flatMap((field) => ["--set", field]);

    const run = await runCli(["run", INSTRUCTION, ...eyes, ...sets, "--json", "--planner-trace", trace]);

    expect(missionEnd(run)).toMatchObject({ outcome: "done", grade: "verified" });
    expect(run.code).toBe(0);
    expect(told(missionEnd(run).receipts)).toEqual(STORY);
    expect(readdirSync(trace).sort()).toEqual(["001", "002", "003"].flatMap((n) => [`turn-${n}.jpg`, `turn-${n}.txt`]));
    const first = readFileSync(join(trace, "turn-001.txt"), "utf8");
    expect(first).toContain(`planner model:openai-compatible:${model}, round 0, outcome ok`);
    expect(first).toContain(`"instruction":"${INSTRUCTION}"`.replace(":", ": "));
    expect(first).toMatch(/== raw answer\n[^]*"action":"open"/);
    const picture = readFileSync(join(trace, "turn-002.jpg"));
    expect(`image/jpeg:${picture.toString("base64")}`).toBe(server.requests[1].turns[0].images[0]);
  });
});
