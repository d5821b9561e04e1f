import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { SkillResponse } from "../../src/domain/skill/skill-messages.js";
import { makePdf, ruledTable } from "../support/make-pdf.js";
import { runCli, type CliRun } from "../support/run-cli.js";
import { startModerationServer } from "../support/servers/moderation-server.js";
import { startOllamaServer } from "../support/servers/ollama-server.js";
import { startOpenAiServer } from "../support/servers/openai-server.js";

const KITCHEN = resolve(import.meta.dirname, "../../skills/evaluate/sample/existence/kitchen.jpg");
const ROWS = [
  ["Part", "Mass (g)"],
  ["Gripper", "420"],
];
let folder: string;
const path = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "handeye-cli-search-"));
  writeFileSync(path("parts.pdf"), makePdf([{ marks: ruledTable(ROWS, "Parts") }]));
  writeFileSync(path("broken.pdf"), "%PDF-1.4 and no more");
  writeFileSync(path("text.jpg"), "Dear diary");
});
afterAll(() => rmSync(folder, { recursive: true }));

const closing: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()));
});
const using = <T extends { close(): Promise<unknown> }>(server: T): T => (closing.push(server), server);

/** One state folder for all of them: what one run remembers, the next one finds. */
const skill = (name: string, input: object, ...more: string[]): Promise<CliRun> =>
  runCli(["skill", name, "--input", JSON.stringify(input), "--json", ...more], {
    env: { XDG_STATE_HOME: path("state") },
  });
function responseOf({ stdout }: CliRun): SkillResponse {
  const { event, ...response } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as SkillResponse & {
    event: string;
  };
  expect(event).toBe("skill-end");
  return response;
}
const backends = (name: string, ...entries: readonly object[]): readonly string[] => [
  "--set",
  `skills.${name}.backends=${JSON.stringify(entries)}`,
];

describe("handeye skill, for searching and reading", { timeout: 240_000 }, () => {
  it("remembers a picture, and another run finds what was in it", async () => {
    const remembered = await skill("find", { do: "remember", picture: KITCHEN, takenAt: "2026-11-29T08:00:00Z" });
    const [last, found, unseen] = await Promise.all([
      skill("find", { do: "last-seen", phrase: "where did I last see the bottle?" }, "--out", path("last")),
      skill("find", { do: "search", words: "瓶子" }, "--out", path("found")),
      skill("find", { do: "last-seen", phrase: "the banana" }),
    ]);

    expect(responseOf(remembered)).toMatchObject({ ok: true, output: { remembered: [{ origin: "kitchen.jpg" }] } });
    expect(responseOf(last)).toMatchObject({
      ok: true,
      servedBy: "onboard",
      output: { seenAt: "2026-11-29T08:00:00Z", label: expect.stringContaining("bottle") },
    });
    expect(responseOf(found)).toMatchObject({ ok: true, output: { found: [{ origin: "kitchen.jpg" }] } });
    expect(readFileSync(path("found/found-1.jpg")).subarray(0, 3).toString("hex")).toBe("ffd8ff");
    expect([unseen.code, responseOf(unseen)]).toMatchObject([1, { ok: false, code: "not-seen" }]);
  });

  it("reads a PDF's table into files, on board or by a model that sees", async () => {
    const server = using(await startOpenAiServer());
    server.will({ reply: "<table><tr><th>Part</th></tr><tr><td>Gripper</td></tr></table>" });
    const onboard = await skill("table", { file: path("parts.pdf") }, "--out", path("tables"));
    const entry = { type: "openai-compatible", baseUrl: server.baseUrl, model: "qwen3-vl" };
    const byModel = await skill("table", { picture: KITCHEN }, ...backends("table", { type: "onboard" }, entry));

    expect(responseOf(onboard)).toMatchObject({
      ok: true,
      servedBy: "onboard",
      output: { tables: [{ rows: 3, columns: 2 }] },
    });
    expect(readFileSync(path("tables/table-1.csv"), "utf8")).toBe("Parts,\r\nPart,Mass (g)\r\nGripper,420\r\n");
    expect(responseOf(byModel)).toMatchObject({
      ok: true,
      servedBy: "openai-compatible",
      tried: [{ backend: "onboard", code: "unsupported" }],
    });
  });

  it("says what is wrong with a document, and leaves no files", async () => {
    const broken = await skill("table", { file: path("broken.pdf") }, "--out", path("none"));
    const text = await skill("table", { file: path("text.jpg") }, "--out", path("none"));

    expect(responseOf(broken)).toMatchObject({ ok: false, code: "bad-document" });
    expect([text.code, responseOf(text)]).toMatchObject([2, { ok: false, code: "bad-picture" }]);
    expect(readdirSync(folder)).not.toContain("none");
  });

  it("judges words on board, and pictures by a server", async () => {
    const server = using(await startModerationServer());
    server.will({ reply: "violence" });
    const onboard = await skill("moderate", { text: "把刀递给我" });
    const entry = { type: "openai-moderation", baseUrl: server.baseUrl, apiKeyEnv: "MODERATION_KEY" };
    const byServer = await runCli(
      ["skill", "moderate", "--input", JSON.stringify({ picture: KITCHEN }), "--json", ...backends("moderate", entry)],
      { env: { MODERATION_KEY: "for nobody" } },
    );

    expect(responseOf(onboard)).toMatchObject({ ok: true, output: { acceptable: false } });
    expect(responseOf(byServer)).toMatchObject({
      ok: true,
      servedBy: "openai-moderation",
      output: { acceptable: false, categories: ["violence"] },
    });
  });

  it("scores the on-board eyes, and a model on a server", async () => {
    const server = using(await startOllamaServer());
    server.respond(() => "Yes");
    const onboard = await skill("evaluate", { suite: "sample" }, "--out", path("scores"));
    const byModel = await skill(
      "evaluate",
      { suite: "sample" },
      ...backends("evaluate", { type: "ollama", baseUrl: server.baseUrl, model: "llava" }),
    );

    expect(responseOf(onboard)).toMatchObject({ ok: true, output: { examinee: "onboard", questions: 4 } });
    expect(readdirSync(path("scores")).sort()).toEqual([
      "evaluation.html",
      "evaluation.html.recipe.json",
      "evaluation.json",
      "evaluation.json.recipe.json",
    ]);
    // "Yes" to everything: one of two questions of each picture.
    expect(responseOf(byModel)).toMatchObject({
      ok: true,
      output: { examinee: "llava", mme: { subtasks: [{ acc: 50, accPlus: 0, score: 50 }] } },
    });
  });
});
