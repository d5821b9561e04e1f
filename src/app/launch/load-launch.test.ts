import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../package-root.js";
import { loadLaunch } from "./load-launch.js";

function launchFile(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "handeye-")), "launch.json");
  writeFileSync(path, content);
  return path;
}

describe("loadLaunch", () => {
  it.each(readdirSync(join(packageRoot(), "launch")).filter((name) => name.endsWith(".json")))("accepts %s", (name) => {
    expect(["sim", "ros"]).toContain(loadLaunch(`launch/${name}`).robot.type);
  });

  it("fills in everything but the robot", () => {
    const launch = loadLaunch(launchFile('{"robot":{"type":"sim"}}'));

    expect(launch).toMatchObject({
      robot: { id: "sim-1", scene: "kitchen", seed: 1 },
      perception: { type: "onboard" },
      planner: { type: "onboard" },
      cameras: { head: { depth: "sensor" } },
    });
  });

  it("applies overrides before it checks", () => {
    const launch = loadLaunch("launch/kitchen-sim.json", ["robot.seed=7", "perception.type=oracle"]);

    expect(launch.robot).toMatchObject({ seed: 7 });
    expect(launch.perception.type).toBe("oracle");
  });

  it.each([
    ['{"robot":{"type":"sim","seed":-1}}', "robot.seed: found -1; expected at least 0"],
    ['{"robot":{"type":"submarine"}}', 'robot.type: found "submarine"; expected one of "sim"'],
    [
      '{"robot":{"type":"sim"},"planner":{"type":"psychic"}}',
      'planner.type: found "psychic"; expected one of "grammar"',
    ],
    ['{"robot":{"type":"sim"},"mission":{"maxSteps":"ten"}}', 'mission.maxSteps: found "ten"; expected number'],
    ['{"robot":{"type":"sim"},"colour":"red"}', 'the top level: found the unknown field "colour"'],
    ["{}", "robot: found nothing"],
    ["{ not json", "not a readable JSON file"],
  ])("refuses %s with field, value found and value expected", (content, message) => {
    expect(() => loadLaunch(launchFile(content))).toThrow(message);
  });
});
