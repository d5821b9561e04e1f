import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { describe, expect, it } from "vitest";
import { missionEnd, ROOT, runCli } from "../support/run-cli.js";

const manifest = z
  .object({
    bin: z.record(z.string(), z.string()),
    exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
    files: z.array(z.string()),
    version: z.string(),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

const load = (file: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(ROOT, file)).href) as Promise<Record<string, unknown>>;

describe("the package", () => {
  it.each([
    ...Object.values(manifest.bin),
    ...Object.values(manifest.exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry))),
  ])("holds %s, which it names", (file) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
  });

  it.each(manifest.files)("ships something under %s", (pattern) => {
    // Every pattern here is a path, or models/*/<name>: one folder deep.
    const [before, after] = pattern.split("/*/");
    const name = (after ?? "").replace("*", "");
    const found =
      after === undefined
        ? existsSync(join(ROOT, pattern))
        : readdirSync(join(ROOT, before), { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(name));

    expect(found).toBe(true);
  });

  it("starts with a line that makes its command runnable", () => {
    expect(readFileSync(join(ROOT, manifest.bin["handeye"]), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("offers its library and its skill kit", async () => {
    const library = await load("dist/src/index.js");
    const skillKit = await load("dist/src/skill-kit/index.js");

    expect(library).toMatchObject({ createRuntime: expect.any(Function), loadLaunch: expect.any(Function) });
    expect(skillKit).toMatchObject({ defineSkill: expect.any(Function) });
  });

  it("says its version", async () => {
    const run = await runCli(["--version"]);

    expect(run).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
  });

  const simulated = readdirSync(join(ROOT, "launch"))
    .filter((name) => name.endsWith(".json"))
    .filter((name) => readFileSync(join(ROOT, "launch", name), "utf8").includes('"type": "sim"'));

  it.each(simulated)("runs %s from any folder", async (name) => {
    const run = await runCli(["--json", "--launch", `launch/${name}`, "take the unicorn"], {
      cwd: mkdtempSync(join(tmpdir(), "handeye-")),
    });

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({ outcome: "given-up", code: "unknown-word" });
  });

  it("finds every model as its card says", async () => {
    const run = await runCli(["models", "verify"]);

    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain("PROBLEM");
  });
});
