import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MissionSnapshot, TaskState } from "../execution/index.js";
import { createMissionStore } from "./mission-store.js";

const snapshot = (task: TaskState): MissionSnapshot => ({
  version: 1,
  savedAtMs: 1200,
  task,
  safety: "nominal",
  instruction: "take the red mug",
  steps: 1,
  replans: 0,
  history: [],
  answers: [],
});
const folder = (): string => mkdtempSync(join(tmpdir(), "handeye-"));

describe("the mission store", () => {
  it("shows a mission that was under way", () => {
    const state = folder();
    createMissionStore(state, "sim-1").save(snapshot("executing"));

    expect(createMissionStore(state, "sim-1").interrupted()).toEqual(snapshot("executing"));
    expect(createMissionStore(state, "sim-2").interrupted()).toBeUndefined();
  });

  it("shows nothing of a mission that had ended", () => {
    const store = createMissionStore(folder(), "sim-1");

    store.save(snapshot("executing"));
    store.save(snapshot("done"));

    expect(store.interrupted()).toBeUndefined();
  });

  it("makes its folder anew when somebody removed it", () => {
    const state = folder();
    const store = createMissionStore(state, "sim-1");
    store.save(snapshot("executing"));
    rmSync(join(state, "sim-1"), { recursive: true });

    // This one is lost, and found to be.
    store.save(snapshot("executing"));
    store.save(snapshot("done"));

    expect(existsSync(join(state, "sim-1", "mission.json"))).toBe(true);
  });

  it("takes a damaged file for none, and a folder that cannot be made for no reason to stop", () => {
    const state = folder();
    mkdirSync(join(state, "sim-1"));
    writeFileSync(join(state, "sim-1", "mission.json"), "{ half");

    expect(createMissionStore(state, "sim-1").interrupted()).toBeUndefined();
    expect(() => createMissionStore(join(state, "sim-1", "mission.json"), "x").save(snapshot("done"))).not.toThrow();
  });
});
