import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "./run-cli.js";

export interface Serving {
  readonly pid: number;
  readonly http: string;
  readonly mqtt: string;
  readonly ws: string;
  /** Lines of `--json` so far. */
  readonly events: readonly Record<string, unknown>[];
  readonly stderr: () => string;
  /** Asks it to leave and resolves with its exit code. Safe to call twice. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `handeye serve` as a process of its own, on free ports; resolves when it says that it serves. */
export async function startServe(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const main = join(ROOT, "dist/src/transports/cli/main.js");
  const child = spawn(process.execPath, [main, "serve", "--json", "--port", "0", "--mqtt-port", "0", ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", XDG_STATE_HOME: mkdtempSync(join(tmpdir(), "handeye-state-")), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const events: Record<string, unknown>[] = [];
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const exit = once(child, "exit") as Promise<[number | null]>;
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<Record<string, unknown>>((resolve, reject) => {
    lines.on("line", (line) => {
      const event = JSON.parse(line) as Record<string, unknown>;
      if (event["event"] === "serving") resolve(event);
      else events.push(event);
    });
    void exit.then(([code]) => reject(new Error(`handeye serve left with ${code}: ${stderr}`)));
  });
  const { http, mqtt, ws } = (await first) as { http: string; mqtt: string; ws: string };
  return {
    pid: child.pid ?? 0,
    http,
    mqtt,
    ws,
    events,
    stderr: () => stderr,
    async end(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await exit;
      return code;
    },
  };
}
