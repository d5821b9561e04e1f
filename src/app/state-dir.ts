import { homedir } from "node:os";
import { join } from "node:path";

/** The platform's folder for user state: XDG_STATE_HOME, Library/Application Support or LOCALAPPDATA. */
export function defaultStateDir(
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): string {
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "handeye");
  if (platform === "darwin") return join(home, "Library", "Application Support", "handeye");
  return join(env["XDG_STATE_HOME"] ?? join(home, ".local", "state"), "handeye");
}
