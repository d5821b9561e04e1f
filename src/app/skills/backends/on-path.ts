import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether a program lies in one of the folders of PATH. */
export function isOnPath(program: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .some((folder) => endings.some((ending) => isProgram(join(folder, `${program}${ending}`))));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
