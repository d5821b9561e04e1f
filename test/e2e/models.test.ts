import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCatalog } from "../../src/app/models/catalog-card.js";
import { runCli, type CliRun } from "../support/run-cli.js";
import { discModel } from "../support/servers/disc-model.js";
import { startHubServer, type HubServer } from "../support/servers/hub-server.js";
import { MODEL_FAMILIES } from "../support/servers/model-families.js";
import { startOpenAiServer } from "../support/servers/openai-server.js";

let hub: HubServer;
let state: string;
beforeEach(async () => {
  hub = await startHubServer();
  state = mkdtempSync(join(tmpdir(), "handeye-models-"));
});
afterEach(async () => hub.close());

const models = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> =>
  runCli(["models", ...args], { env: { XDG_STATE_HOME: state, HF_TOKEN: "hf_secret", ...env } });
const mirror = (): Record<string, string> => ({ HANDEYE_MODEL_MIRROR: hub.url });

/** Puts a model of the catalogue on the hub, with bytes of our own. */
function serve(name: string): void {
  const card = readCatalog().find((one) => one.name === name)!;
  const folder = new URL(card.base ?? "").pathname.slice(1);
  for (const { path } of card.files) hub.put(`${folder}${path}`, `bytes of ${path}`);
}

describe("handeye models", { timeout: 60_000 }, () => {
  it("pulls a model from a mirror, lists it, checks it, and deletes it", async () => {
    serve("table-transformer-detection");

    const pulled = await models(["pull", "table-transformer-detection"], mirror());

    const folder = join(state, "handeye/models/table-transformer-detection");
    expect(pulled).toMatchObject({ code: 0, stdout: `${folder}\n` });
    expect(pulled.stderr).toContain("licence MIT");
    expect(pulled.stderr).toMatch(/onnx\/model\.onnx: the card knows no sha256; trusted on first use/);
    expect(pulled.stdout + pulled.stderr).not.toContain("hf_secret");
    expect(readFileSync(join(folder, "onnx/model.onnx"), "utf8")).toBe("bytes of onnx/model.onnx");

    const list = await models(["list", "--json"]);
    const rows = (JSON.parse(list.stdout) as { models: { name: string; state: string }[] }).models;
    expect(rows.find(({ name }) => name === "table-transformer-detection")).toMatchObject({ state: "pulled", folder });
    expect(rows.find(({ name }) => name === "eyes")).toMatchObject({ state: "shipped" });
    expect(rows.find(({ name }) => name === "whisper-tiny")).toMatchObject({ state: "available" });

    expect(await models(["verify"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/table-transformer/) as string,
    });
    expect(await models(["rm", "table-transformer-detection"])).toMatchObject({ code: 0 });
    expect(existsSync(folder)).toBe(false);
    expect(await models(["rm", "eyes"])).toMatchObject({ code: 1 });
  });

  it("asks for consent to a licence, and takes it on the command line", async () => {
    serve("depth-anything-v2-base");

    const refused = await models(["pull", "depth-anything-v2-base"], mirror());

    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/licence-not-accepted: .*CC-BY-NC-4\.0.*--accept-licence/);
    expect(hub.requests).toEqual([]);
    expect(await models(["pull", "depth-anything-v2-base", "--accept-licence"], mirror())).toMatchObject({ code: 0 });
  });

  it("leaves what came when it is interrupted, and goes on from there", async () => {
    const bytes = Buffer.alloc(3_000_000, 7);
    hub.put("w.onnx", bytes);
    const files = [{ path: "w.onnx" }];
    hub.put(
      "model.json",
      JSON.stringify({ name: "w", task: "t", source: "s", licence: "MIT", permissive: true, files }),
    );
    hub.will({}, { silentAfter: 1_000_000 });

    const interrupted = await runCli(["models", "pull", `${hub.url}model.json`], {
      env: { XDG_STATE_HOME: state },
      onErrorLine: (line, signal) => void (/^w\.onnx: (9\d\d kB|1\.0 MB) of 3\.0 MB/.test(line) && signal("SIGINT")),
    });

    const part = join(state, "handeye/models/.pulling/w/w.onnx.part");
    expect(interrupted.code).toBe(130);
    const { size } = statSync(part);
    expect(size).toBeGreaterThan(900_000);
    expect(await models(["pull", `${hub.url}model.json`])).toMatchObject({ code: 0 });
    expect(hub.requests.at(-1)?.headers.range).toBe(`bytes=${size}-`);
    expect(readFileSync(join(state, "handeye/models/w/w.onnx")).equals(bytes)).toBe(true);
  });
});

describe("handeye models probe", { timeout: 60_000 }, () => {
  const gemini = MODEL_FAMILIES.find(({ convention }) => convention === "yx-1000")!;
  const probe = async (model: string): Promise<CliRun> => {
    const server = await startOpenAiServer();
    server.respond(discModel(gemini));
    const set = ["planner.type=openai-compatible", `planner.baseUrl=${server.baseUrl}`, `planner.model=${model}`];
    const run = await models(["probe", ...set.flatMap((field) => ["--set", field])]);
    await server.close();
    return run;
  };

  it("works out how a model writes points, and holds it against what missions would read", async () => {
    const [right, wrong] = [await probe(gemini.model), await probe("qwen3-vl-8b")];

    expect(right.stdout).toMatch(/writes points as yx-1000.*\nMissions read it so\./);
    expect(right.code).toBe(0);
    expect(wrong.stdout).toMatch(/Missions would read it as xy-1000.*planner\.convention=yx-1000/);
    expect(wrong.code).toBe(1);
  });
});
