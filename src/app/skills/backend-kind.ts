import type { Launch } from "../launch/launch-schema.js";
import type { SkillStage } from "./skill-stage.js";

/** What opening a back end may use. */
export interface BackendDeps {
  readonly launch: Launch;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Cameras and eyes. */
  readonly stage: SkillStage;
  /** A folder that this robot's skills may keep things in from one run to the next. */
  readonly keepDir: string;
  /** What people should know: a provider cannot be had ... */
  readonly onNote: (level: "info" | "warning", text: string) => void;
}

export interface OpenedBackend<Port> {
  readonly port: Port;
  close(): Promise<void>;
}

/** One way of doing a skill's work, as the launch file names it by `type`. */
export interface BackendKind<Config, Port> {
  /** One sentence for people. */
  readonly description: string;
  /** True where it follows rules written by people instead of a model; shown wherever results are shown. */
  readonly scripted?: true;
  /** An entry for the launch file, for people who want to set it up. A test holds it to the schema. */
  readonly example: Readonly<Record<string, unknown>>;
  /** Whether what it is given would leave this machine. Default: never. */
  leavesMachine?(config: Config): boolean;
  /** A quick look that starts nothing and asks nobody: undefined where it should work, else what is missing and what to do. */
  check?(config: Config, deps: BackendDeps): Promise<string | undefined> | string | undefined;
  /** Throws a `ControllerError` where it cannot work; the next back end is asked then. */
  open(config: Config, deps: BackendDeps): Promise<OpenedBackend<Port>>;
}

/** All ways of one skill. */
export type BackendTable<Config extends { readonly type: string }, Port> = {
  readonly [Type in Config["type"]]: BackendKind<Extract<Config, { readonly type: Type }>, Port>;
};
