import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModerator } from "../../src/app/create-moderator.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { moderatePlanner, type ModerationNote } from "../../src/app/moderate-planner.js";
import type { Action } from "../../src/domain/action.js";
import { ok } from "../../src/domain/result.js";
import type { Planner, PlanRequest } from "../../src/ports/planner.js";
import { runSimMission } from "../support/sim-mission.js";
import { kitchen } from "../support/scene-builder.js";
import type { ModelServer } from "../support/servers/model-server.js";
import { startModerationServer } from "../support/servers/moderation-server.js";
import { startOllamaServer } from "../support/servers/ollama-server.js";
import { startOpenAiServer } from "../support/servers/openai-server.js";

const live = { signal: new AbortController().signal };
const request: PlanRequest = { instruction: "greet the guest", scene: kitchen({}).build(), history: [], answers: [] };
const SAY: Action = { action: "say", text: "Good evening." };

describe.each([
  [
    "openai-moderation",
    startModerationServer,
    ["moderation.apiKeyEnv=MODERATION_KEY"],
    { safe: "", unsafe: "violence" },
  ],
  [
    "llama-guard",
    () => startOllamaServer({ capabilities: ["completion"] }),
    [],
    { safe: "safe", unsafe: "unsafe\nS1" },
  ],
  [
    "llama-guard",
    startOpenAiServer,
    ["moderation.server=openai-compatible"],
    { safe: "\n\nsafe", unsafe: "\n\nunsafe\nS10" },
  ],
] as const)("moderation by %s", (type, start, more, answers) => {
  let server: ModelServer;
  let planner: Planner;
  let notes: ModerationNote[];
  let asked: number;
  let steps: readonly Action[];
  beforeEach(async () => {
    server = await start();
    const launch = loadLaunch("launch/kitchen-sim.json", [
      `moderation.type=${type}`,
      `moderation.baseUrl=${server.baseUrl}`,
      "moderation.maxRetries=0",
      ...more,
    ]);
    const moderator = createModerator(launch, { MODERATION_KEY: "sk-secret" });
    if (moderator === undefined) throw new Error("The launch file names a moderator.");
    [notes, asked, steps] = [[], 0, [SAY]];
    const own: Planner = {
      name: "own",
      scripted: false,
      plan: async () => {
        asked += 1;
        return ok({ steps: [...steps] });
      },
      close: async () => undefined,
    };
    planner = moderatePlanner(own, { moderator, onVerdict: (note) => void notes.push(note) });
  });
  afterEach(async () => {
    await planner.close();
    await server.close();
  });

  it("lets words through that pass, and judges none twice", async () => {
    server.will({ reply: answers.safe }, { reply: answers.safe });

    expect(await planner.plan(request, live)).toMatchObject({ ok: true, value: { steps: [SAY] } });
    expect(await planner.plan(request, live)).toMatchObject({ ok: true });
    expect(server.requests.map(({ turns }) => turns[0].text)).toEqual(["greet the guest", "Good evening."]);
    expect(notes.map(({ what, passed }) => [what, passed])).toEqual([
      ["instruction", true],
      ["planner's words", true],
    ]);
  });

  it("does not plan an instruction that does not pass", async () => {
    server.will({ reply: answers.unsafe });

    const result = await planner.plan(request, live);

    expect(result).toMatchObject({ ok: false, code: "forbidden", details: { moderator: type, what: "instruction" } });
    expect(asked).toBe(0);
    expect(notes).toMatchObject([{ passed: false }]);
    expect(JSON.stringify(notes)).not.toContain("greet");
  });

  it.each([
    [SAY, "Good evening."],
    [{ action: "ask", question: "Who?", choices: ["you", "me"] } satisfies Action, "Who?\nyou\nme"],
    [{ action: "give-up", reason: "I will not." } satisfies Action, "I will not."],
  ])("keeps back what the planner would say: %j", async (step, words) => {
    steps = [step];
    server.will({ reply: answers.safe }, { reply: answers.unsafe });

    const result = await planner.plan(request, live);

    expect(result).toMatchObject({ ok: false, code: "forbidden", details: { what: "planner's words" } });
    expect(server.requests[1].turns[0].text).toBe(words);
    expect(JSON.stringify(result)).not.toContain(words.split("\n")[0]);
  });

  it("asks nothing about a plan without words", async () => {
    steps = [{ action: "release" }];
    server.will({ reply: answers.safe });

    expect(await planner.plan(request, live)).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(1);
  });

  it("judges a person's answers like instructions", async () => {
    server.will({ reply: answers.safe }, { reply: answers.unsafe });

    const answered = { ...request, answers: [{ question: "Which?", answer: "that one" }] };

    expect(await planner.plan(answered, live)).toMatchObject({ ok: false, details: { what: "answer" } });
    expect(asked).toBe(0);
  });

  it.each([{ status: 503 }, { raw: "<html>" }, { status: 401 }])(
    "lets nothing pass when the judge fails: %j",
    async (step) => {
      server.will(step);

      const result = await planner.plan(request, live);

      expect(result).toMatchObject({ ok: false, code: "planner-failed" });
      expect(asked).toBe(0);
      expect(JSON.stringify([result, notes])).not.toContain("sk-secret");
    },
  );
});

describe("a mission behind a gate for words", () => {
  it("ends before anything moves when the instruction does not pass, and its events say so", async () => {
    const server = await startModerationServer();
    server.will({ reply: "violence" });
    vi.stubEnv("MODERATION_KEY", "sk-secret");
    const set = ["type=openai-moderation", `baseUrl=${server.baseUrl}`, "apiKeyEnv=MODERATION_KEY"];

    const { result, events, sent } = await runSimMission("take the green bag out of the drawer", {
      set: set.map((field) => `moderation.${field}`),
    });
    await server.close();
    vi.unstubAllEnvs();

    expect(result).toMatchObject({ outcome: "given-up", grade: "refused", code: "forbidden" });
    expect(sent).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({ event: "note", level: "warning", text: expect.stringContaining("violence") as string }),
    );
    expect(JSON.stringify(events)).not.toContain("sk-secret");
  });
});

describe("moderation in a launch file", () => {
  it("is off unless it is asked for", () => {
    expect(createModerator(loadLaunch("launch/kitchen-sim.json"))).toBeUndefined();
  });

  it.each([
    [["moderation.type=openai-moderation"], "OPENAI_API_KEY"],
    [["moderation.type=llama-guard", "moderation.baseUrl=http://guard.example:11434", "offline=true"], "offline"],
  ])("is refused when it cannot be had: %j", (set, word) => {
    expect(() => createModerator(loadLaunch("launch/kitchen-sim.json", set), {})).toThrow(word);
  });
});
