import { execFile } from "node:child_process";
import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";

const LARGEST_BYTES = 64 * 1024 * 1024;

export interface RunOptions {
  readonly args: readonly string[];
  /** Goes to the program's input, so that no text is ever taken for an option. */
  readonly input: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
  /** Beside this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export type RunFailure = "not-installed" | "timeout" | "failed";

/** What a program wrote to its output. The message of `failed` is the end of what it complained. Rejects with `aborted`. */
export function runProgram(program: string, options: RunOptions): Promise<Result<Buffer, RunFailure>> {
  const { args, input, signal, timeoutMs = 0, env = {} } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args],
      {
        encoding: "buffer",
        maxBuffer: LARGEST_BYTES,
        signal,
        timeout: timeoutMs,
        killSignal: "SIGKILL",
        env: { ...process.env, ...env },
      },
      (error, stdout, stderr) => {
        if (signal.aborted) return reject(new ControllerError("aborted", "Speaking was called off."));
        if (error === null) return resolve(ok(stdout));
        if (error.code === "ENOENT") return resolve(fail("not-installed", `The program ${program} was not found.`));
        if (error.killed === true && timeoutMs > 0)
          return resolve(fail("timeout", `${program} was not done within ${timeoutMs / 1000} s.`));
        // Programs in Python say the reason last.
        const said = stderr.toString("utf8").trim().split("\n").at(-1)?.trim().slice(0, 300) ?? "";
        resolve(fail("failed", said === "" ? "it said no reason" : said));
      },
    );
    // A program that is not there, or that ends early, closes the pipe; the callback says why.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}
