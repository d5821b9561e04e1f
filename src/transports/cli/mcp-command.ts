import { createRuntime } from "../../app/create-runtime.js";
import type { Runtime } from "../../app/runtime.js";
import { createSkills } from "../../app/skills/create-skills.js";
import { serveMcp } from "../mcp/serve-mcp.js";
import { launchFrom, type CommonOptions } from "./common-options.js";

export interface McpOptions extends CommonOptions {
  readonly http?: boolean;
  readonly port: number;
}

/**
 * Skills and missions for a client of the Model Context Protocol, on stdio until the client leaves, or over HTTP until a signal comes.
 * Nobody can approve anything here: what the launch file wants approved is refused, unless `handeye serve` puts it before people.
 */
export async function mcpCommand(options: McpOptions): Promise<number> {
  // Nothing but the protocol may reach stdout.
  const err = (line: string): boolean => process.stderr.write(`${line}\n`);
  const launch = launchFrom(options);
  let running: Runtime | undefined;
  let opening: Promise<Runtime> | undefined;
  const runtime = (): Promise<Runtime> => {
    opening ??= createRuntime(launch, { arm: options.arm === true }).then(
      (robot) => (running = robot),
      (error: unknown) => {
        opening = undefined;
        throw error;
      },
    );
    return opening;
  };
  const skills = createSkills(launch, { openRuntime: runtime, onNote: (_level, text) => void err(text) });
  const leaving = new AbortController();
  const leave = (): void => {
    running?.stop();
    leaving.abort();
  };
  process.on("SIGINT", leave).on("SIGTERM", leave);
  try {
    await serveMcp({
      skills,
      runtime,
      running: () => running,
      howToReset: "Nobody can do that from here: end `handeye mcp` and start it anew, or use /mcp of `handeye serve`.",
      remote: launch.remote,
      env: process.env,
      signal: leaving.signal,
      ...(options.http === true ? { port: options.port, onServing: (url) => void err(`handeye mcp: ${url}`) } : {}),
    });
    return 0;
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    await skills.close();
    await (await opening?.catch(() => undefined))?.close();
  }
}
