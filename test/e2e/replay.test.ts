import { readFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ORACLE, runCli } from "../support/run-cli.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-replay-"));
const recording = join(folder, "run.mcap");

describe("handeye replay", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    await runCli([...ORACLE, "--quiet", "--record", recording, "put the red mug in the sink"]);
  }, 120_000);

  it("decides the same again with the same planner", async () => {
    const run = await runCli(["replay", recording, "--json"]);
    const decisions = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { agrees: boolean; recorded: string[] });

    expect(run.code).toBe(0);
    expect(decisions.length).toBeGreaterThan(1);
    expect(decisions.every(({ agrees }) => agrees)).toBe(true);
    expect(decisions[0].recorded[0]).toMatch(/red mug/);
  });

  it("shows where another planner decides otherwise", async () => {
    const server = ["--planner", "openai-compatible", "--set", "planner.baseUrl=http://127.0.0.1:9/v1"];
    const retries = ["--set", "planner.maxRetries=0", "--set", "planner.model=qwen3-vl"];
    const run = await runCli(["replay", recording, ...server, ...retries]);

    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/differs.*put the red mug in the sink/);
    expect(run.stdout).toMatch(/now: (planner-failed|timeout)/);
  });

  it("makes a broken recording whole again", async () => {
    const whole = readFileSync(recording);
    const [broken, mended] = [join(folder, "broken.mcap"), join(folder, "mended.mcap")];
    writeFileSync(broken, whole.subarray(0, Math.floor(whole.length * 0.7)));

    const recovered = await runCli(["replay", broken, "--recover", mended]);
    const replayed = await runCli(["replay", mended, "--quiet"]);

    expect(recovered).toMatchObject({ code: 0, stderr: expect.stringMatching(/\d+ messages; the rest is lost/) });
    expect(readFileSync(mended).subarray(-8).toString("latin1")).toContain("MCAP0");
    expect(replayed.code).toBe(0);
  });

  it.each(["nowhere.mcap", "package.json"])("says what is wrong with %s", async (path) => {
    const run = await runCli(["replay", path]);

    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/recording-failed: Recording .* cannot be read/);
  });
});
