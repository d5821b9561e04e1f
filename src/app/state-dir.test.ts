import { expect, it } from "vitest";
import { defaultStateDir } from "./state-dir.js";

it.each([
  ["linux", {}, "/home/ada/.local/state/handeye"],
  ["linux", { XDG_STATE_HOME: "/state" }, "/state/handeye"],
  ["darwin", {}, "/home/ada/Library/Application Support/handeye"],
] as const)("keeps state in the platform's folder (%s)", (platform, env, expected) => {
  expect(defaultStateDir(platform, env, "/home/ada")).toBe(expected);
});
