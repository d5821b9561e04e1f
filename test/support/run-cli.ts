import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");
const MAIN = join(ROOT, "dist/src/transports/cli/main.js");

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line of stdout as it comes; may signal the process. */
  readonly onLine?: (line: string, interrupt: () => void) => void;
}

/** Runs the compiled command line (built by `npm test` beforehand) as a process of its own, without a terminal. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, NO_COLOR: "1", ...options.env },
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
      for (const line of lines) options.onLine?.(line, () => child.kill("SIGINT"));
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

/** The last line of `--json`: how the mission ended. */
export function missionEnd(run: CliRun): Record<string, unknown> {
  const last = run.stdout.trim().split("\n").at(-1) ?? "";
  const parsed: unknown = JSON.parse(last);
  if (typeof parsed !== "object" || parsed === null) throw new Error(`Expected an object, found ${last}`);
  return parsed as Record<string, unknown>;
}
