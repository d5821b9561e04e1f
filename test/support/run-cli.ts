import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import type { HandeyeEvent } from "../../src/domain/event.js";

export const ROOT = resolve(import.meta.dirname, "../..");
const MAIN = join(ROOT, "dist/src/transports/cli/main.js");

/** The simulator's truth instead of trained eyes: missions that have to come out the same whatever the weights are. */
export const ORACLE = ["--perception", "oracle"] as const;

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line of stdout as it comes; may signal the process. */
  readonly onLine?: (line: string, signal: (name?: NodeJS.Signals) => void) => void;
  /** The same for stderr. */
  readonly onErrorLine?: CliOptions["onLine"];
}

/** Runs the compiled command line (built by `npm test` beforehand) as a process of its own, without a terminal. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: options.cwd ?? ROOT,
      env: {
        ...process.env,
        NO_COLOR: "1",
        XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "handeye-state-")),
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let pending = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout += chunk;
      pending += chunk;
      const lines = pending.split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) options.onLine?.(line, (name = "SIGINT") => child.kill(name));
    });
    let pendingError = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr += chunk;
      pendingError += chunk;
      const lines = pendingError.split("\n");
      pendingError = lines.pop() ?? "";
      for (const line of lines) options.onErrorLine?.(line, (name = "SIGINT") => child.kill(name));
    });
    child.on("error", reject);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

export type Event<Name extends HandeyeEvent["event"]> = Extract<HandeyeEvent, { event: Name }>;

/** All that a run with `--json` said. Throws when a line of its stdout is anything but an event. */
export function eventsOf(run: CliRun): readonly HandeyeEvent[] {
  return run.stdout
    .split("\n")
    .slice(0, -1) // every line ends with a newline, the last one too
    .map((line) => {
      const value: unknown = JSON.parse(line);
      if (typeof value === "object" && value !== null && "event" in value && "timeMs" in value) {
        return value as HandeyeEvent;
      }
      throw new Error(`Expected an event on stdout, found ${line}`);
    });
}

export const eventsNamed = <Name extends HandeyeEvent["event"]>(
  events: readonly HandeyeEvent[],
  name: Name,
): readonly Event<Name>[] => events.filter((event): event is Event<Name> => event.event === name);

/** The last line of `--json`: how the mission ended. */
export function missionEnd(run: CliRun): Event<"mission-end"> {
  const last = eventsOf(run).at(-1);
  if (last?.event === "mission-end") return last;
  throw new Error(`Expected mission-end as the last line, found ${JSON.stringify(last)}; stderr: ${run.stderr}`);
}

/** Commands that reached the robot. */
export const commandsOf = (run: CliRun): readonly Event<"command">[] =>
  eventsNamed(eventsOf(run), "command").filter(({ verdict }) => verdict === "sent");
