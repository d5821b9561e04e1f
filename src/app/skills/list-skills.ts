import { z } from "zod";
import type { Launch } from "../launch/launch-schema.js";
import type { BackendDeps } from "./backend-kind.js";
import type { SkillEntry } from "./skill-entry.js";

export interface BackendListing {
  readonly type: string;
  readonly description: string;
  readonly scripted: boolean;
  /** Its place in the launch file's order, from 1; absent where the launch file does not name it. */
  readonly place?: number;
  readonly usable: boolean;
  /** For one that is not usable: what is missing, and what to do. */
  readonly why?: string;
}

export interface SkillListing {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly forPlanners: boolean;
  readonly timeoutS: number;
  /** JSON schemas. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
  readonly examples: readonly unknown[];
  readonly backends: readonly BackendListing[];
}

/** Every skill with its back ends: configured ones first, in their order, then those that a launch file could name. */
export async function listSkills(
  entries: readonly SkillEntry[],
  { launch, depsOf }: { readonly launch: Launch; readonly depsOf: (skill: string) => BackendDeps },
): Promise<readonly SkillListing[]> {
  return Promise.all(
    entries.map(async ({ skill, kinds, settings }) => {
      const { enabled, timeoutS, backends } = settings(launch);
      const configured = await Promise.all(
        backends.map(async (backend, index): Promise<BackendListing> => {
          const { description, scripted = false } = kinds[backend.type];
          const why =
            launch.offline && backend.leavesMachine
              ? "It would leave this machine, and offline is set."
              : await backend.check(depsOf(skill.name)).catch((error: unknown) => String(error));
          const known = { type: backend.type, description, scripted, place: index + 1 };
          return why === undefined ? { ...known, usable: true } : { ...known, usable: false, why };
        }),
      );
      const others = Object.entries(kinds)
        .filter(([type]) => !backends.some((backend) => backend.type === type))
        .map(([type, { description, scripted = false, example }]): BackendListing => ({
          type,
          description,
          scripted,
          usable: false,
          why: `Not set up. In the launch file: skills.${skill.name}.backends = [${JSON.stringify(example)}]`,
        }));
      return {
        name: skill.name,
        description: skill.description,
        enabled,
        forPlanners: skill.forPlanners,
        timeoutS: timeoutS ?? skill.timeoutMs / 1000,
        input: z.toJSONSchema(skill.input, { io: "input", unrepresentable: "any" }),
        output: z.toJSONSchema(skill.output, { io: "output", unrepresentable: "any" }),
        examples: skill.examples,
        backends: [...configured, ...others],
      };
    }),
  );
}
