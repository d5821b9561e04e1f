import { existsSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { defaultStateDir } from "./state-dir.js";

/** A path as it is, else relative to the working folder, else the name of a pulled model. */
export function modelFolder(modelDir: string, { stateDir }: { readonly stateDir?: string | undefined }): string {
  if (isAbsolute(modelDir)) return modelDir;
  const here = resolve(modelDir);
  const pulled = join(stateDir ?? defaultStateDir(), "models", modelDir);
  return !existsSync(here) && existsSync(pulled) ? pulled : here;
}
