import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_LAUNCH_FILE, loadLaunch } from "../../app/launch/load-launch.js";
import type { Launch } from "../../app/launch/launch-schema.js";

/** Options that every command which builds a stack understands (DESIGN section 12). */
export interface CommonOptions {
  readonly launch: string;
  readonly set: readonly string[];
  readonly planner?: string;
  readonly perception?: string;
  readonly approve?: string;
  readonly seed?: number;
  readonly arm?: boolean;
  /** False with --no-lease. */
  readonly lease?: boolean;
  readonly quiet?: boolean;
}

/** Gathers a repeatable option. */
export const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError(`expected a whole number, 0 or more; found "${text}".`);
  }
  return value;
}

export function parsePort(text: string): number {
  const value = parseCount(text);
  if (value > 65_535) throw new InvalidArgumentError(`expected a port from 0 to 65535; found "${text}".`);
  return value;
}

export function parsePositive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError(`expected a number above 0; found "${text}".`);
  }
  return value;
}

export function withCommonOptions(command: Command): Command {
  return command
    .option("--launch <file>", "launch file: which robot, eyes, planner and limits", DEFAULT_LAUNCH_FILE)
    .option("--set <path=value>", "override a launch-file field; repeatable", collect, [])
    .option("--planner <type>", "short for --set planner.type=...")
    .option("--perception <type>", "short for --set perception.type=...")
    .addOption(
      new Option("--approve <mode>", "which actions a person must approve").choices(["auto", "risky", "always"]),
    )
    .option("--seed <n>", "what is in the scene, where, in which colours and light", parseCount)
    .option("--arm", "your word that a real robot may move; the simulated one needs none")
    .option("--no-lease", "move a real robot without a watchdog that would hold it if this program died")
    .option("--quiet", "no trace, only the result");
}

/** The launch file with the command line's overrides applied. Throws `bad-launch-file` or `bad-input`. */
export function launchFrom(
  options: Partial<CommonOptions> & Pick<CommonOptions, "launch" | "set">,
  extra: readonly string[] = [],
): Launch {
  const overrides = [...options.set];
  if (options.planner !== undefined) overrides.push(`planner.type=${JSON.stringify(options.planner)}`);
  if (options.perception !== undefined) overrides.push(`perception.type=${JSON.stringify(options.perception)}`);
  if (options.approve !== undefined) overrides.push(`safety.approve=${JSON.stringify(options.approve)}`);
  if (options.seed !== undefined) overrides.push(`robot.seed=${options.seed}`);
  if (options.lease === false) overrides.push("robot.requireLease=false");
  return loadLaunch(options.launch, [...overrides, ...extra]);
}
