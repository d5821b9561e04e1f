import type { Skill, SkillContext } from "../../skill-kit/index.js";
import type { Launch } from "../launch/launch-schema.js";
import type { BackendDeps, BackendKind, BackendTable, OpenedBackend } from "./backend-kind.js";

/** A back end as a launch file has it, its types sealed. */
export interface ConfiguredBackend {
  readonly type: string;
  readonly leavesMachine: boolean;
  check(deps: BackendDeps): Promise<string | undefined>;
  open(deps: BackendDeps): Promise<OpenedBackend<unknown>>;
}

export interface SkillSettings {
  readonly enabled: boolean;
  readonly timeoutS?: number | undefined;
  readonly backends: readonly ConfiguredBackend[];
}

/** A skill together with all that can do its work. */
export interface SkillEntry {
  readonly skill: Pick<
    Skill,
    "name" | "description" | "input" | "output" | "timeoutMs" | "uses" | "forPlanners" | "examples"
  >;
  readonly kinds: Readonly<Record<string, Pick<BackendKind<never, unknown>, "description" | "scripted" | "example">>>;
  readonly settings: (launch: Launch) => SkillSettings;
  readonly run: Skill["run"];
}

/** Binds a skill to its back ends and to its part of the launch file. The only place where their types meet. */
export function skillEntry<Config extends { readonly type: string }, Port, Input, Output, Code extends string>(
  skill: Skill<Input, Output, Code, Port>,
  table: BackendTable<Config, Port>,
  part: (launch: Launch) => {
    readonly enabled: boolean;
    readonly timeoutS?: number | undefined;
    readonly backends: readonly Config[];
  },
): SkillEntry {
  const configured = (config: Config): ConfiguredBackend => {
    // The table has a kind for every type that the schema lets through, for exactly that type's configuration.
    const kind = table[config.type as Config["type"]] as unknown as BackendKind<Config, Port>;
    return {
      type: config.type,
      leavesMachine: kind.leavesMachine?.(config) ?? false,
      check: async (deps) => kind.check?.(config, deps),
      open: (deps) => kind.open(config, deps),
    };
  };
  return {
    skill,
    kinds: table,
    settings(launch) {
      const { enabled, timeoutS, backends } = part(launch);
      return { enabled, timeoutS, backends: backends.map(configured) };
    },
    run: (input, context: SkillContext) => skill.run(input, context as SkillContext<Port>),
  };
}
