import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import { artefactSchema } from "../../domain/skill/skill-messages.js";

/** What an earlier run left under a name that is needed now. */
export interface Aside {
  /** Puts it back; whatever took its name is gone by then. */
  restore(): Promise<void>;
  /** It has been replaced for good. */
  drop(): Promise<void>;
}

/**
 * Moves the file of an earlier run out of the way. Undefined where there is none. Rejects with `recording-failed` where the file is
 * not as a skill left it, by its record: that is somebody's, and is not touched.
 */
export async function setAside(path: string): Promise<Aside | undefined> {
  const recipe = `${path}.recipe.json`;
  if (!(await exists(path)) && !(await exists(recipe))) return undefined;
  if (!(await isAsRecorded(path, recipe))) {
    throw new ControllerError(
      "recording-failed",
      `${path} is there already, and no skill made it as it is. Move it away, or choose another folder.`,
    );
  }
  const away = (from: string): string => join(dirname(from), `.${basename(from)}.before`);
  await rename(path, away(path));
  await rename(recipe, away(recipe));
  return {
    async restore() {
      await rename(away(path), path);
      await rename(away(recipe), recipe);
    },
    async drop() {
      await rm(away(path), { force: true });
      await rm(away(recipe), { force: true });
    },
  };
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

async function isAsRecorded(path: string, recipe: string): Promise<boolean> {
  try {
    const record = artefactSchema.parse(JSON.parse(await readFile(recipe, "utf8")));
    return record.sha256 === (await hashOf(path));
  } catch {
    return false;
  }
}

/** SHA-256 of a file. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
