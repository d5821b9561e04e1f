import { randomUUID } from "node:crypto";
import { createRuntime } from "../create-runtime.js";
import type { Eyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";
import { createMachineTimers, unixTimeMs } from "../machine-time.js";
import type { Runtime } from "../runtime.js";
import { defaultStateDir } from "../state-dir.js";
import { createSkillService } from "./create-skill-service.js";
import type { SkillService } from "./skill-service.js";
import { createSkillStage } from "./skill-stage.js";

export interface SkillsOptions {
  /** The robot that is up already; without one, the launch file's is started when a skill first needs it, and closed with the service. */
  readonly runtime?: Runtime;
  /** A robot that its owner starts when it is first needed, and closes. */
  readonly openRuntime?: () => Promise<Runtime>;
  readonly eyes?: Eyes;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onNote?: (level: "info" | "warning", text: string) => void;
  readonly say?: (text: string) => Promise<void>;
}

/** The skills of a launch file. */
export function createSkills(launch: Launch, options: SkillsOptions = {}): SkillService {
  const { runtime, eyes, env = process.env, onNote, say } = options;
  let own: Promise<Runtime> | undefined;
  const stage = createSkillStage({
    launch,
    openRuntime:
      options.openRuntime ??
      (() => (runtime === undefined ? (own ??= createRuntime(launch)) : Promise.resolve(runtime))),
    ...(eyes === undefined ? {} : { eyes }),
  });
  const service = createSkillService({
    launch,
    stage,
    stateDir: launch.stateDir ?? defaultStateDir(),
    env,
    timers: createMachineTimers(),
    nowMs: unixTimeMs,
    newId: randomUUID,
    ...(onNote === undefined ? {} : { onNote }),
    ...(say === undefined ? {} : { say }),
  });
  return {
    ...service,
    async close() {
      await service.close();
      await (await own?.catch(() => undefined))?.close();
    },
  };
}
