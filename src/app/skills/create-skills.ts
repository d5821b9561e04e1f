import { randomUUID } from "node:crypto";
import { createRuntime } from "../create-runtime.js";
import type { Eyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";
import { createMachineTimers, unixTimeMs } from "../machine-time.js";
import type { Runtime } from "../runtime.js";
import { defaultStateDir } from "../state-dir.js";
import { ControllerError } from "../../domain/errors.js";
import type { Skill } from "../../skill-kit/index.js";
import { createSkillService } from "./create-skill-service.js";
import { plainEntry } from "./plain-entry.js";
import { SKILLS } from "./skills.js";
import type { SkillService } from "./skill-service.js";
import { createSkillStage, type SkillStage } from "./skill-stage.js";

export interface SkillsOptions {
  /** The robot that is up already; without one, the launch file's is started when a skill first needs it, and closed with the service. */
  readonly runtime?: Runtime;
  /** A robot that its owner starts when it is first needed, and closes. */
  readonly openRuntime?: () => Promise<Runtime>;
  readonly eyes?: Eyes;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onNote?: (level: "info" | "warning", text: string) => void;
  readonly say?: (text: string) => Promise<void>;
  /** Skills of your own beside those that ship. A name that is taken is refused. */
  readonly more?: readonly Skill[];
}

/** The skills of a launch file. Throws `bad-input` where two skills have one name. */
export function createSkills(launch: Launch, options: SkillsOptions = {}): SkillService {
  const { runtime, eyes, env = process.env, onNote, say, more = [] } = options;
  const entries = [...SKILLS, ...more.map(plainEntry)];
  const names = entries.map(({ skill }) => skill.name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new ControllerError("bad-input", `There are two skills "${twice}". Rename yours.`);
  let own: Promise<Runtime> | undefined;
  // A robot of their own sees with the same eyes as they do: the networks are loaded once.
  const openOwn = async (): Promise<Runtime> => createRuntime(launch, { eyes: await stage.eyes() });
  const stage: SkillStage = createSkillStage({
    launch,
    openRuntime:
      options.openRuntime ?? (() => (runtime === undefined ? (own ??= openOwn()) : Promise.resolve(runtime))),
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
    entries,
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
