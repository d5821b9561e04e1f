import { createInterface } from "node:readline/promises";
import { createRuntime } from "../../app/create-runtime.js";
import type { Answer, Runtime } from "../../app/runtime.js";
import { EXIT_CODES, type MissionResult } from "../../domain/mission.js";
import { launchFrom, type CommonOptions } from "./common-options.js";
import { eventToJson } from "./event-json.js";
import { EXIT_BAD_INPUT, exitCodeOf } from "./exit-code.js";
import { hearInstruction } from "./hear-instruction.js";
import { createStyle } from "./style.js";
import { createTrace } from "./trace.js";

export const DEMO_INSTRUCTION = "take the green bag out of the drawer";

export interface RunOptions extends CommonOptions {
  readonly json?: boolean;
  readonly video?: string;
  readonly record?: string;
  readonly plannerTrace?: string;
  readonly listen?: string;
}

/**
 * One mission from start to exit code. SIGINT and SIGTERM are a stop, and so is a reader of the output that goes away; a second one,
 * or one before the robot is there, leaves at once.
 */
export async function runCommand(typed: string, options: RunOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const people = options.json === true ? err : out;
  const stream = options.json === true ? process.stderr : process.stdout;
  const style = createStyle(stream.isTTY && process.env["NO_COLOR"] === undefined);

  const launch = launchFrom(options, [
    ...(options.video === undefined ? [] : [`telemetry.video=${JSON.stringify(options.video)}`]),
    ...(options.record === undefined ? [] : [`telemetry.record=${JSON.stringify(options.record)}`]),
    ...(options.plannerTrace === undefined ? [] : [`telemetry.plannerTrace=${JSON.stringify(options.plannerTrace)}`]),
  ]);
  let runtime: Runtime | undefined;
  let presses = 0;
  const onInterrupt = (): void => {
    presses += 1;
    if (presses > 1 || runtime === undefined) process.exit(EXIT_CODES.stopped);
    runtime.stop();
  };
  // Nobody is left to see what the robot does. Without a listener the broken pipe would end the process in mid-motion.
  const onBrokenPipe = (): void => runtime?.stop();
  process.on("SIGINT", onInterrupt).on("SIGTERM", onInterrupt);
  process.stdout.on("error", onBrokenPipe);
  try {
    const { listen: source, json = false } = options;
    const instruction = source === undefined ? typed : await hearInstruction(launch, { source, json, style });
    if (instruction === undefined) return EXIT_BAD_INPUT;
    runtime = await createRuntime(launch, {
      answer: options.json === true ? undefined : askAtTerminal(),
      arm: options.arm === true,
    });
    if (options.json === true) runtime.subscribe({ publish: (event) => void out(eventToJson(event)) });
    if (options.quiet !== true) runtime.subscribe(createTrace({ write: people, style }));

    if (launch.robot.type === "ros" && options.arm !== true) {
      err(style.dim("The robot stays disarmed: --arm is your word that it may move."));
    }
    if (runtime.interrupted !== undefined && options.quiet !== true) {
      err(style.dim(`The last mission was interrupted: ${runtime.interrupted}`));
    }
    const result = await runtime.run(instruction);
    for (const artefact of await runtime.close()) {
      if (!artefact.ok) err(`${style.red(artefact.kind.padEnd(9))}  ${artefact.message}`);
      else if (options.quiet !== true) people(`${style.dim(artefact.kind.padEnd(9))}  ${artefact.message}`);
    }
    if (options.quiet === true && options.json !== true) out(summary(result));
    return exitCodeOf(result);
  } finally {
    await runtime?.close();
    process.off("SIGINT", onInterrupt).off("SIGTERM", onInterrupt);
  }
}

const summary = (result: MissionResult): string =>
  `${result.outcome} (${result.grade}${result.code === undefined ? "" : `, ${result.code}`}): ${result.message}`;

/** Asks the person at the terminal; without one there is nobody to ask, and the mission ends with its question. */
function askAtTerminal(): Answer | undefined {
  if (!process.stdin.isTTY) return undefined;
  return async (_question, _choices, { signal }) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // While it asks, the terminal hands the key to readline instead of raising the signal.
    terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
      return await terminal.question("> ", { signal });
    } catch {
      return undefined;
    } finally {
      terminal.close();
    }
  };
}
