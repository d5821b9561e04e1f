import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fail, ok, type Result } from "../../domain/result.js";

export interface Processes {
  readonly own: number;
  /** Whether a process with this number runs. */
  isAlive(pid: number): boolean;
}

/** Takes a lock file; a lock whose owner has died is taken over. Returns the function that gives it back. */
export async function lockFolder(path: string, processes: Processes): Promise<Result<() => Promise<void>, "locked">> {
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    try {
      await writeFile(path, String(processes.own), { flag: "wx" });
      return ok(() => rm(path, { force: true }));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const owner = Number(await readFile(path, "utf8").catch(() => ""));
    if (Number.isSafeInteger(owner) && owner > 0 && processes.isAlive(owner)) {
      return fail("locked", `Process ${owner} is at work on the same model. Wait for it, or end it.`, {
        owner,
        lock: path,
      });
    }
    await rm(path, { force: true });
  }
}
