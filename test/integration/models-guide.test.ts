import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { launchSchema } from "../../src/app/launch/launch-schema.js";
import { plannersOf } from "../../src/app/launch/planner-schema.js";
import { readCatalog } from "../../src/app/models/catalog-card.js";
import { createProgram } from "../../src/transports/cli/program.js";
import { discModel } from "../support/servers/disc-model.js";
import { startHubServer, type HubServer } from "../support/servers/hub-server.js";
import { MODEL_FAMILIES } from "../support/servers/model-families.js";
import type { ModelServer } from "../support/servers/model-server.js";
import { startOllamaServer } from "../support/servers/ollama-server.js";
import { seeingModel } from "../support/servers/seeing-model.js";

const GUIDE = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/guide/models.md"), "utf8");
const BLOCKS = [...GUIDE.matchAll(/```json\n([^]*?)```/g)].map(([, block]) => block);

it.each(BLOCKS)("reads the launch file in the guide to models: %s", (block) => {
  expect(launchSchema.safeParse(JSON.parse(block)).error?.message).toBeUndefined();
});

it("shows every kind of server in the guide to models, and explains every field", () => {
  const planners = BLOCKS.flatMap((block) => plannersOf(launchSchema.parse(JSON.parse(block)).planner)).filter(
    ({ type }) => type !== "grammar" && type !== "onboard",
  );

  expect(new Set(planners.map(({ type }) => type))).toEqual(
    new Set(["openai-compatible", "ollama", "google", "anthropic"]),
  );
  for (const field of planners.flatMap((planner) => Object.keys(planner))) expect(GUIDE).toContain(`\`${field}\``);
});

/** Every `npx handeye` line of the guide, in its order: later ones need what earlier ones did. */
const COMMANDS = [...GUIDE.matchAll(/```sh\n([^]*?)```/g)]
  .flatMap(([, block]) => block.split("\n"))
  .map((line) => /^npx handeye (.*)$/.exec(line)?.[1])
  .filter((line) => line !== undefined)
  .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare));

describe("walking through the guide to models", { timeout: 120_000 }, () => {
  const family = { ...MODEL_FAMILIES.find(({ model }) => model.startsWith("Qwen/Qwen3-VL"))!, model: "qwen3-vl:8b" };
  let ollama: ModelServer;
  let hub: HubServer;
  let folder: string;
  beforeEach(async () => {
    ollama = await startOllamaServer({ capabilities: ["completion", "vision", "thinking"] });
    ollama.respond((seen) =>
      (seen.system.startsWith("You point") ? discModel(family) : seeingModel(family, "ids"))(seen),
    );
    hub = await startHubServer();
    for (const { base = "", files } of readCatalog().filter(({ name }) => name === "grounding-dino-tiny")) {
      for (const { path } of files) hub.put(`${new URL(base).pathname.slice(1)}${path}`, `bytes of ${path}`);
    }
    vi.stubEnv("HANDEYE_MODEL_MIRROR", hub.url);
    for (const name of ["stdout", "stderr"] as const) vi.spyOn(process[name], "write").mockImplementation(() => true);
    folder = mkdtempSync(join(tmpdir(), "handeye-guide-"));
    writeFileSync(join(folder, "my-robot.json"), BLOCKS[0]);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await ollama.close();
    await hub.close();
  });

  it("works as it is written, command after command", async () => {
    // Where the guide has the reader's folder, Ollama's usual port and the trained eyes, the test has its own.
    const inPlace = (word: string): string => (/^(my-robot\.json|out\/)/.test(word) ? join(folder, word) : word);
    const sets = [`stateDir=${folder}`, "perception.type=oracle"];
    for (const command of COMMANDS) {
      const server = command.includes("--launch") ? [`planner.baseUrl=${ollama.baseUrl}`] : [];
      const args = [...command.map(inPlace), ...[...sets, ...server].flatMap((set) => ["--set", set])];

      expect([command.join(" "), await createProgram().run(["node", "handeye", ...args])]).toEqual([
        command.join(" "),
        0,
      ]);
    }
    expect(COMMANDS.map(([first, second]) => (first === "models" ? second : first))).toEqual(
      expect.arrayContaining(["estimate", "probe", "run", "list", "pull", "verify", "rm"]),
    );
    expect(existsSync(join(folder, "out/turns/turn-001.txt"))).toBe(true);
    expect(hub.requests.length).toBeGreaterThan(0);
  });
});
