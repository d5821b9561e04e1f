import { createInterface } from "node:readline/promises";
import { createRuntime } from "../../app/create-runtime.js";
import type { Answer } from "../../app/runtime.js";
import type { MissionResult } from "../../domain/mission.js";
import { launchFrom, type CommonOptions } from "./common-options.js";
import { eventToJson } from "./event-json.js";
import { exitCodeOf } from "./exit-code.js";
import { createStyle } from "./style.js";
import { createTrace } from "./trace.js";

export const DEMO_INSTRUCTION = "take the green bag out of the drawer";

export interface RunOptions extends CommonOptions {
  readonly json?: boolean;
  readonly video?: string;
  readonly record?: string;
}

/** One mission from start to exit code. SIGINT is a stop; a second one leaves at once. */
export async function runCommand(instruction: string, options: RunOptions): Promise<number> {
  const out = (line: string): boolean => process.stdout.write(`${line}\n`);
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const people = options.json === true ? err : out;
  const stream = options.json === true ? process.stderr : process.stdout;
  const style = createStyle(stream.isTTY && process.env["NO_COLOR"] === undefined);

  const launch = launchFrom(options, [
    ...(options.video === undefined ? [] : [`telemetry.video=${JSON.stringify(options.video)}`]),
    ...(options.record === undefined ? [] : [`telemetry.record=${JSON.stringify(options.record)}`]),
  ]);
  const runtime = await createRuntime(launch, { answer: options.json === true ? undefined : askAtTerminal() });
  let presses = 0;
  const onInterrupt = (): void => {
    presses += 1;
    if (presses > 1) process.exit(3);
    runtime.stop();
  };
  process.on("SIGINT", onInterrupt);
  try {
    if (options.json === true) runtime.subscribe({ publish: (event) => void out(eventToJson(event)) });
    if (options.quiet !== true) runtime.subscribe(createTrace({ write: people, style }));

    const result = await runtime.run(instruction);
    for (const artefact of await runtime.close()) {
      if (options.quiet !== true) people(`${style.dim(artefact.kind.padEnd(9))}  ${artefact.message}`);
    }
    if (options.quiet === true && options.json !== true) out(summary(result));
    return exitCodeOf(result);
  } finally {
    process.off("SIGINT", onInterrupt);
    await runtime.close();
  }
}

const summary = (result: MissionResult): string =>
  `${result.outcome} (${result.grade}${result.code === undefined ? "" : `, ${result.code}`}): ${result.message}`;

/** Asks the person at the terminal; without one there is nobody to ask, and the mission ends with its question. */
function askAtTerminal(): Answer | undefined {
  if (!process.stdin.isTTY) return undefined;
  return async (_question, _choices, { signal }) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question("> ", { signal });
    } catch {
      return undefined;
    } finally {
      terminal.close();
    }
  };
}
