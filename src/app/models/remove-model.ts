import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { lockFolder, type Processes } from "../../adapters/model-store/index.js";
import { fail, ok, type Result } from "../../domain/result.js";
import { stagingFolder } from "./models-folder.js";

/** Deletes a pulled model, and what an interrupted pull of it has left. Shipped models are not in the store. */
export async function removeModel(
  name: string,
  { store, processes }: { store: string; processes: Processes },
): Promise<Result<{ readonly folder: string }, "model-not-found" | "locked">> {
  const folder = join(store, name);
  const staging = stagingFolder(store, name);
  // A name with a path in it would reach out of the store.
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name) || (!existsSync(folder) && !existsSync(staging))) {
    return fail(
      "model-not-found",
      `No model "${name}" was pulled into ${store}; handeye models list shows what is there.`,
    );
  }
  const lock = await lockFolder(join(store, `.${name}.lock`), processes);
  if (!lock.ok) return lock;
  try {
    await rm(folder, { recursive: true, force: true });
    await rm(staging, { recursive: true, force: true });
    return ok({ folder });
  } finally {
    await lock.value();
  }
}
