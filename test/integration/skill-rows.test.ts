import { mkdtempSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { SKILLS } from "../../src/app/skills/skills.js";
import { SKILL_SCHEMAS } from "../../src/domain/remote/reports.js";
import { skillResponseSchema, type SkillArtefact, type SkillResponse } from "../../src/domain/skill/skill-messages.js";
import { createProgram } from "../../src/transports/cli/program.js";
import { createService, type Service } from "../../src/transports/serve/create-service.js";
import { createOperator, type Operator } from "../support/operator.js";
import { MEDIA_ROWS } from "../support/skill-rows/media-rows.js";
import { READING_ROWS } from "../support/skill-rows/reading-rows.js";
import { createRowBench, ROW_KEY, type RowBench } from "../support/skill-rows/row-bench.js";
import { SEEING_ROWS } from "../support/skill-rows/seeing-rows.js";
import type { RowAnswer, SkillRow } from "../support/skill-rows/skill-row.js";
import { SOUND_ROWS } from "../support/skill-rows/sound-rows.js";

type Transformers = typeof import("../../src/adapters/transformers/open-transformers.js");

// The optional package is not installed where tests run: its stand-in is imported in its place.
vi.mock("../../src/adapters/transformers/open-transformers.js", async (original) => {
  const real = await original<Transformers>();
  const specifier = pathToFileURL(resolve(import.meta.dirname, "../support/transformers-stand-in.ts")).href;
  const openTransformers: Transformers["openTransformers"] = (task, options) =>
    real.openTransformers(task, { ...options, specifier });
  return { ...real, openTransformers };
});

const ROWS: readonly SkillRow[] = [...SEEING_ROWS, ...READING_ROWS, ...SOUND_ROWS, ...MEDIA_ROWS];
/** Back ends whose rows are tested elsewhere, and where: `<skill> by <back end>` to a file. */
const ELSEWHERE: Readonly<Record<string, string>> = {};

const nameOf = ({ skill, backend }: Pick<SkillRow, "skill" | "backend">): string => `${skill} by ${backend}`;
type NamedRow = SkillRow & { readonly name: string };
const NAMED: readonly NamedRow[] = ROWS.map((row) => ({ ...row, name: nameOf(row) }));

let bench: RowBench;
let service: Service;
let ann: Operator;
const waiting = new Map<string, (response: Record<string, unknown>) => void>();

const entryOf = ({ backend, entry }: SkillRow): object => ({ type: backend, ...entry?.(bench) });
const set = (path: string, value: unknown): string => `${path}=${JSON.stringify(value)}`;

beforeAll(async () => {
  bench = await createRowBench();
  vi.stubEnv("PATH", `${bench.programs}:${process.env["PATH"]}`);
  vi.stubEnv(ROW_KEY, "for nobody");
  const skills = [...new Set(ROWS.map(({ skill }) => skill))];
  const launch = loadLaunch("launch/kitchen-sim.json", [
    set("stateDir", bench.file("state-of-service")),
    // Nobody moves: a world that goes slowly leaves the processor to the rows.
    set("robot.rate", 0.1),
    set("skills.folders", [bench.folder]),
    ...skills.map((name) => set(`skills.${name}.backends`, ROWS.filter(({ skill }) => skill === name).map(entryOf))),
  ]);
  service = await createService({
    launch,
    host: "127.0.0.1",
    port: 0,
    mqttPort: 0,
    env: process.env,
    onTrouble: (message) => expect.unreachable(message),
  });
  ann = await createOperator({ url: service.addresses.mqtt, name: "ann" });
  await ann.client.subscribeAsync("handeye/sim-1/skill/+/response", { qos: 1 });
  ann.client.on("message", (topic, payload) => {
    if (!topic.includes("/skill/")) return;
    const response = JSON.parse(payload.toString()) as Record<string, unknown> & { readonly id: string };
    waiting.get(response.id)?.(response);
  });
}, 120_000);
afterAll(async () => {
  await ann?.close();
  await service?.close();
  await bench?.close();
  vi.unstubAllEnvs();
});

const answerOf = (output: unknown, artefacts: readonly SkillArtefact[]): RowAnswer => ({
  output,
  artefacts,
  file(name) {
    const found = artefacts.find((each) => each.name === name);
    if (found === undefined)
      throw new Error(`No file ${name}; there are ${artefacts.map((each) => each.name).join()}.`);
    return readFileSync(found.path);
  },
});

/** As a person types it. */
async function byCommandLine(row: SkillRow, input: object): Promise<SkillResponse> {
  let stdout = "";
  let stderr = "";
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  const args = ["skill", row.skill, "--input", JSON.stringify(input), "--backend", row.backend, "--json", "--quiet"];
  const settings = [
    set("stateDir", bench.file("state-of-command-line")),
    set(`skills.${row.skill}.backends`, [entryOf(row)]),
  ];
  const folder = ["--out", mkdtempSync(bench.file("out-"))];
  const code = await createProgram()
    .run(["node", "handeye", ...args, ...folder, ...settings.flatMap((each) => ["--set", each])])
    .finally(() => [out, err].forEach((spy) => spy.mockRestore()));

  expect({ code, stderr, stdout }).toMatchObject({ code: 0 });
  const { event, ...said } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  expect(event).toBe("skill-end");
  return skillResponseSchema.parse(said);
}

/** As a station far away sends it. Every file can be fetched from the address that comes with it. */
async function byMqtt({ skill, backend, name }: NamedRow, input: object): Promise<SkillResponse> {
  const id = `${name}: ${JSON.stringify(input)}`.slice(0, 64);
  const answered = new Promise<Record<string, unknown>>((done) => waiting.set(id, done));
  await ann.send(`skill/${skill}/request`, { id, input, backend });

  const { id: _id, operator, ...response } = SKILL_SCHEMAS.response.parse(await answered);
  expect(operator).toBe("ann");
  for (const { url } of response.ok ? response.artefacts : []) expect((await fetch(url ?? "")).status).toBe(200);
  return response;
}

describe.each(NAMED)("$name", (row) => {
  it.each([
    ["the command line", byCommandLine],
    ["MQTT", byMqtt],
  ])("does its work over %s", async (_way, ask) => {
    row.before?.(bench);
    const responses: SkillResponse[] = [];
    for (const input of row.inputs(bench)) responses.push(await ask(row, input));

    for (const response of responses) expect(response).toMatchObject({ ok: true, servedBy: row.backend, tried: [] });
    const last = responses.at(-1);
    if (last?.ok === true) await row.check(answerOf(last.output, last.artefacts), bench);
  });
});

describe("the table of skills", () => {
  it("has a row for every back end of every skill, here or where it is said", () => {
    const rows = NAMED.map(({ name }) => name);
    const all = SKILLS.flatMap(({ skill, kinds }) =>
      Object.keys(kinds).map((backend) => nameOf({ skill: skill.name, backend })),
    );

    expect([...rows, ...Object.keys(ELSEWHERE)].sort()).toEqual([...all].sort());
    for (const [name, path] of Object.entries(ELSEWHERE)) {
      const [skill, backend] = name.split(" by ");
      const text = readFileSync(join(import.meta.dirname, "../..", path), "utf8");
      expect([name, text.includes(`"${skill}"`), text.includes(`"${backend}"`)]).toEqual([name, true, true]);
    }
  });
});
