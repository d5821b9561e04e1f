import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadProfile } from "./load-profile.js";
import { packageRoot } from "./package-root.js";

const folder = mkdtempSync(join(tmpdir(), "handeye-profile-"));
const write = (text: string): string => {
  const path = join(folder, "profile.json");
  writeFileSync(path, text);
  return path;
};

describe("loadProfile", () => {
  it.each(readdirSync(join(packageRoot(), "launch/profiles")).filter((name) => name.endsWith(".json")))(
    "accepts %s, by its bare name",
    (name) => {
      expect(loadProfile(name.replace(/\.json$/, "")).profile.arm.joints.length).toBeGreaterThan(0);
    },
  );

  it("says where it looked for one that is not there", () => {
    expect(() => loadProfile("nobody")).toThrow(/no robot profile at .*launch\/profiles\/nobody\.json/);
  });

  it("names the field that does not fit", () => {
    expect(() => loadProfile(write("{"))).toThrow(/not a readable JSON file/);
    expect(() => loadProfile(write('{"name":"x","arm":{"type":"hydraulic"}}'))).toThrow(/arm/);
    expect(() => loadProfile(write('{"name":"x","gripperr":{}}'))).toThrow(/gripperr/);
  });
});
