import { mkdtempSync, writeFileSync, cpSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandsOf, missionEnd, ROOT, runCli } from "../support/run-cli.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "handeye-"));

describe("bad input", () => {
  it("refuses an empty instruction with exit code 2 and moves nothing", async () => {
    const run = await runCli(["--json", ""]);

    expect(run.code).toBe(2);
    expect(missionEnd(run)).toMatchObject({ event: "mission-end", outcome: "given-up", code: "bad-instruction" });
    expect(commandsOf(run)).toEqual([]);
  });

  it("says which word it does not know, and moves nothing", async () => {
    const run = await runCli(["--json", "take the unicorn"]);

    expect(run.code).toBe(1);
    expect(missionEnd(run)).toMatchObject({ outcome: "given-up", code: "unknown-word" });
    expect(missionEnd(run).message).toContain("unicorn");
    expect(commandsOf(run)).toEqual([]);
  });

  it("names field, value found and value expected in a broken launch file", async () => {
    const file = join(folder(), "launch.json");
    writeFileSync(file, JSON.stringify({ robot: { type: "sim", scene: "bathroom" } }));

    const run = await runCli(["--launch", file, "take the red mug"]);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain('robot.scene: found "bathroom"; expected one of "kitchen", "tabletop"');
  });

  it.each([
    ["a launch file that is not there", ["--launch", "nowhere.json", "x"], "no launch file"],
    ["a field that does not exist", ["--set", "robot.wheels=4", "x"], "wheels"],
    ["a planner that does not exist", ["--planner", "oracle-of-delphi", "x"], "planner.type"],
    ["a seed that is not a number", ["--seed", "many", "x"], "whole number"],
    ["an option that does not exist", ["--fly", "x"], "--fly"],
    ["a suite that does not exist", ["bench", "nonsense", "--episodes", "1"], "nonsense"],
    ["a shard that is not a part", ["bench", "smoke", "--shard", "5/4"], "--shard"],
    ["a launch file without a value", ["--launch"], "--launch"],
    ["something to do with models that does not exist", ["models", "eat"], "unknown command 'eat'"],
    ["a video that is a folder", ["--video", tmpdir(), "take the red mug"], "is a folder"],
    [
      "a video in a folder that does not exist",
      ["--video", "/nowhere/at/all/x.mp4", "take the red mug"],
      "/nowhere/at/all",
    ],
  ])("refuses %s with exit code 2", async (_name, args, text) => {
    const run = await runCli(args);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain(text);
    expect(run.stdout).toBe("");
  });

  it("refuses to start on a missing model file, and says which", async () => {
    const models = folder();
    cpSync(join(ROOT, "models/eyes/model.json"), join(models, "model.json"));

    const run = await runCli(["--set", `perception.modelDir=${models}`, "take the red mug"]);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain("model-missing");
    expect(run.stderr).toContain(".onnx");
  });

  it("refuses to start on a damaged model file, and says which", async () => {
    const models = folder();
    cpSync(join(ROOT, "models/eyes"), models, { recursive: true });
    const card = JSON.parse(readFileSync(join(models, "model.json"), "utf8")) as { files: { path: string }[] };
    const victim = join(models, card.files[0].path);
    const bytes = readFileSync(victim);
    bytes[100] ^= 0xff;
    writeFileSync(victim, bytes);

    const run = await runCli(["--set", `perception.modelDir=${models}`, "take the red mug"]);

    expect(run.code).toBe(2);
    expect(run.stderr).toContain("model-damaged");
    expect(run.stderr).toContain(card.files[0].path);
  });
});
