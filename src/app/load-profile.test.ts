import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadLaunch } from "./launch/load-launch.js";
import { loadProfile } from "./load-profile.js";
import { packageRoot } from "./package-root.js";

const names = readdirSync(join(packageRoot(), "launch/profiles")).map((file) => file.replace(/\.json$/, ""));
const launchFiles = readdirSync(join(packageRoot(), "launch")).filter((file) => file.endsWith(".json"));

describe("the profiles in launch/profiles", () => {
  it.each(names)("%s fits the schema, its home and seeds the joints that it names", (name) => {
    const { profile } = loadProfile(name);
    const { homePositions, seedPositions } = profile.model;

    expect(profile.description?.length).toBeGreaterThan(40);
    for (const positions of [homePositions, ...seedPositions]) {
      expect(positions).toHaveLength(profile.arm.joints.length);
    }
  });
});

describe("the launch files", () => {
  it.each(launchFiles)("%s loads, with the profile that it names", (file) => {
    const { robot } = loadLaunch(join("launch", file));
    const profile = robot.type === "ros" ? loadProfile(robot.profile).profile.name : "none needed";

    expect(profile).not.toBe("");
  });

  it("are for hardware only with a person's approval of risky actions", () => {
    const hardware = launchFiles
      .filter((file) => file.startsWith("arm-"))
      .map((file) => loadLaunch(join("launch", file)));

    expect(hardware.length).toBeGreaterThan(0);
    expect(hardware.map(({ safety }) => safety.approve)).toEqual(hardware.map(() => "risky"));
  });
});
