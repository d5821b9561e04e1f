import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import { createSkillService } from "../../src/app/skills/create-skill-service.js";
import type { SkillEntry } from "../../src/app/skills/skill-entry.js";
import type { SkillServiceOptions } from "../../src/app/skills/skill-service.js";
import type { SkillStage } from "../../src/app/skills/skill-stage.js";
import { defineSkill, z, type Capability, type SkillContext } from "../../src/skill-kit/index.js";
import type { Result } from "../../src/domain/result.js";
import { createFakeClock } from "./fake-clock.js";

export interface TestBackend {
  readonly type: string;
  readonly leavesMachine?: boolean;
  readonly why?: string;
  /** Called once an opening; may throw. */
  readonly open?: () => unknown;
  readonly onClose?: () => void;
}

export interface TestSkill {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly uses?: readonly Capability[];
  readonly forPlanners?: boolean;
  readonly timeoutMs?: number;
  readonly timeoutS?: number;
  readonly backends?: readonly TestBackend[];
  readonly run: (
    input: { readonly text: string; readonly file?: string | undefined },
    context: SkillContext,
  ) => Promise<Result<{ readonly text: string }>>;
}

/** A small skill that says what its test wants, on back ends that do what their test wants. */
export function testSkill(options: TestSkill): SkillEntry {
  const { name = "echo", enabled = true, uses, forPlanners, timeoutMs = 1_000, timeoutS, run } = options;
  const backends = options.backends ?? [{ type: "onboard" }];
  const skill = defineSkill({
    name,
    description: `Says what it is given, as ${name}.`,
    input: z.strictObject({
      text: z.string().min(1).default("hello").describe("What is said."),
      file: z.string().optional().describe("A file to read."),
    }),
    output: z.strictObject({ text: z.string().min(1) }),
    timeoutMs,
    examples: [{ text: "hello" }],
    ...(uses === undefined ? {} : { uses }),
    ...(forPlanners === undefined ? {} : { forPlanners }),
    run,
  });
  return {
    skill,
    kinds: Object.fromEntries(
      backends.map(({ type }) => [type, { description: `Echo by ${type}.`, example: { type } }]),
    ),
    settings: () => ({
      enabled,
      timeoutS,
      backends: backends.map(({ type, leavesMachine = false, why, open, onClose }) => ({
        type,
        leavesMachine,
        check: async () => why,
        open: async () => ({ port: await open?.(), close: async () => onClose?.() }),
      })),
    }),
    run: (input, context) => skill.run(input, context),
  };
}

const absent = (): Promise<never> => Promise.reject(new Error("No robot in this test."));
export const NO_STAGE: SkillStage = {
  runtime: absent,
  eyes: absent,
  picture: absent,
  perceive: absent,
  close: async () => undefined,
};

/** A skill service with time that only moves when told to, in a folder of its own. */
export function createSkillBench(
  entries: readonly SkillEntry[],
  options: Partial<SkillServiceOptions> & { readonly set?: readonly string[] } = {},
) {
  const { set = [], ...more } = options;
  const clock = createFakeClock();
  const stateDir = mkdtempSync(join(tmpdir(), "handeye-skills-"));
  let ids = 0;
  const service = createSkillService({
    launch: loadLaunch("launch/kitchen-sim.json", set),
    stage: NO_STAGE,
    stateDir,
    env: {},
    timers: clock.timers,
    nowMs: () => Date.parse("2026-01-01T00:00:00Z") + clock.nowMs(),
    newId: () => String(++ids).padStart(8, "0"),
    entries,
    ...more,
  });
  const controller = new AbortController();
  return {
    service,
    clock,
    stateDir,
    artefacts: join(stateDir, "artefacts"),
    cancel: () => controller.abort(),
    run: (
      input: unknown = {},
      run: { backend?: string; from?: "local" | "remote"; outDir?: string; skill?: string } = {},
    ) =>
      service.run(
        run.skill ?? entries[0].skill.name,
        { input, ...(run.backend === undefined ? {} : { backend: run.backend }) },
        {
          signal: controller.signal,
          from: run.from ?? "local",
          ...(run.outDir === undefined ? {} : { outDir: run.outDir }),
        },
      ),
  };
}
