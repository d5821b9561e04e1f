import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import type { BackendDeps } from "../../src/app/skills/backend-kind.js";
import type { SkillStage } from "../../src/app/skills/skill-stage.js";

/** What a back end is opened with, in a folder of its own; the stage starts nothing. */
export function backendDeps(overrides: Partial<BackendDeps> = {}): BackendDeps & { readonly notes: string[] } {
  const stateDir = mkdtempSync(join(tmpdir(), "handeye-state-"));
  const notes: string[] = [];
  const absent = (): Promise<never> => Promise.reject(new Error("This test has no robot."));
  const stage: SkillStage = {
    runtime: absent,
    eyes: absent,
    picture: absent,
    perceive: absent,
    close: async () => undefined,
  };
  return {
    launch: { ...loadLaunch("launch/kitchen-sim.json"), stateDir },
    env: {},
    stage,
    keepDir: join(stateDir, "skills", "test"),
    onNote: (_level, text) => void notes.push(text),
    notes,
    ...overrides,
  };
}
