import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgram } from "../../src/transports/cli/program.js";
import { discModel } from "../support/servers/disc-model.js";
import { MODEL_FAMILIES } from "../support/servers/model-families.js";
import { startOpenAiServer } from "../support/servers/openai-server.js";

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let said: { stdout: string; stderr: string };
beforeEach(() => {
  said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
});
afterEach(() => vi.restoreAllMocks());

/** The command line in this process: as `handeye models ...`, without the time that a process takes to start. */
async function models(...args: readonly string[]): Promise<Run> {
  const stateDir = mkdtempSync(join(tmpdir(), "handeye-state-"));
  const set = args[0] === "eval" ? [] : ["--set", `stateDir=${stateDir}`];
  const code = await createProgram().run(["node", "handeye", "models", ...args, ...set]);
  return { code, ...said };
}

describe("handeye models", () => {
  it.each([
    [["pull", "no-such-model"], "bad-card", 2],
    [["pull", "whisper-tiny", "--set", "offline=true"], "offline", 1],
    [["pull", "whisper-tiny", "--from", "/nowhere"], "model-not-found", 1],
    [["pull", "depth-anything-v2-metric-indoor-small"], "--from", 2],
    [["pull"], "missing required argument", 2],
    [["rm", "eyes"], "model-not-found", 1],
    [["estimate"], "--params", 2],
    [["estimate", "claude-opus-5"], "--params", 2],
    [["estimate", "--params", "many"], "expected a number above 0", 2],
    [["probe"], "needs a planner with a model", 2],
    [["eval", "nose"], "expects the model eyes", 2],
  ] as const)("says what is wrong with %j", async (args, words, code) => {
    const run = await models(...args);

    expect(run.stderr).toContain(words);
    expect(run).toMatchObject({ code, stdout: "" });
  });

  it("estimates memory by the rule of thumb and by parts", async () => {
    const run = await models("estimate", "--params", "90e9", "--bits", "16", "--json");

    const { estimate, fits } = JSON.parse(run.stdout) as { estimate: { ruleBytes: number }; fits: unknown[] };
    expect(run.code).toBe(0);
    expect(estimate.ruleBytes).toBeCloseTo(216e9, -3);
    expect(fits).toContainEqual(expect.objectContaining({ where: "RAM" }));
  });

  it.each([
    ["qwen3-vl:8b", /weights +6\.20 GB +size of the files/],
    ["grounding-dino-tiny", /weights +687\.0 MB +size of the files/],
    ["internvl3-38b", /weights +23\.04 GB +4\.85 bits a parameter/],
  ])("knows how large %s is", async (name, words) => {
    expect((await models("estimate", name)).stdout).toMatch(words);
  });
});

describe("handeye models probe", () => {
  const gemini = MODEL_FAMILIES.find(({ convention }) => convention === "yx-1000")!;
  const llama = MODEL_FAMILIES.find(({ write }) => write === undefined)!;

  async function probe(family: typeof gemini, model: string, more: readonly string[] = []): Promise<Run> {
    const server = await startOpenAiServer();
    server.respond(discModel(family));
    const set = [
      "planner.type=openai-compatible",
      `planner.baseUrl=${server.baseUrl}`,
      `planner.model=${model}`,
      ...more,
    ];
    try {
      return await models("probe", ...set.flatMap((field) => ["--set", field]));
    } finally {
      await server.close();
    }
  }

  it.each([
    ["finds out about an unknown model", "my-own-model", [], 1, "planner.convention=yx-1000"],
    ["is content once that is set", "my-own-model", ["planner.convention=yx-1000"], 0, "Missions read it so."],
    ["is not content with another", gemini.model, ["planner.convention=xy-1000"], 1, "would read it as xy-1000"],
  ] as const)("%s", async (_, model, more, code, words) => {
    const run = await probe(gemini, model, more);

    expect(run.stdout).toContain("writes points as yx-1000");
    expect(run.stdout).toContain(words);
    expect(run.code).toBe(code);
  });

  it.each(MODEL_FAMILIES.filter(({ model }) => /Qwen|Molmo|paligemma|deepseek|robopoint|Florence|claude/.test(model)))(
    "tells how $model writes",
    async (family) => {
      const run = await probe(family, family.model);

      expect(run.stdout).toContain("Missions read it so.");
      expect(run.code).toBe(0);
    },
  );

  it("does not guess about a model that cannot point", async () => {
    const run = await probe(llama, llama.model);

    expect(run.stdout).toContain("not-verified");
    expect(run.code).toBe(1);
  });
});
