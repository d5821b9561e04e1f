import { readFile, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { FileRef } from "../../domain/skill/media-ref.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { MediaFailure } from "../../skill-kit/index.js";

/** Whose words a path is: whoever sits at the machine may name any file, others only what lies in `folders`. */
export interface FilePolicy {
  readonly from: "local" | "remote";
  readonly folders: readonly string[];
}

export const MAX_FILE_BYTES = 2 ** 30;

/** The real path of a file that may be read. */
export async function allowedPath(path: string, { from, folders }: FilePolicy): Promise<Result<string, MediaFailure>> {
  const candidates = isAbsolute(path) || from === "local" ? [resolve(path)] : folders.map((each) => join(each, path));
  for (const candidate of candidates) {
    // A link inside an allowed folder may lead out of it.
    const real = await realpath(candidate).catch(() => undefined);
    if (real === undefined) continue;
    if (from === "remote" && !(await isInside(real, folders))) continue;
    const found = await stat(real).catch(() => undefined);
    if (found === undefined) continue;
    if (!found.isFile()) return fail("not-found", `Expected a file at ${path}; found something else.`);
    if (found.size > MAX_FILE_BYTES) {
      return fail("too-large", `${basename(path)} has ${found.size} bytes; at most ${MAX_FILE_BYTES} are read.`);
    }
    return ok(real);
  }
  if (from === "local") return fail("not-found", `There is no file at ${path}.`);
  // The same answer for what is not there and for what is not theirs: it tells nothing of the disk.
  return fail(
    "not-allowed",
    `"${path}" is in none of the folders that may be read from afar. Send the bytes as {"data": "<base64>"}, or add the folder to skills.folders.`,
  );
}

/** Bytes of a file by path or from the request itself. */
export async function openFile(
  ref: FileRef,
  policy: FilePolicy,
): Promise<Result<{ readonly bytes: Uint8Array; readonly origin: string }, MediaFailure>> {
  if (typeof ref !== "string") return ok({ bytes: Buffer.from(ref.data, "base64"), origin: "the request" });
  const path = await allowedPath(ref, policy);
  if (!path.ok) return path;
  try {
    return ok({ bytes: await readFile(path.value), origin: basename(ref) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail("not-found", `${basename(ref)} cannot be read: ${reason}.`);
  }
}

async function isInside(real: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => undefined);
    if (root === undefined) continue;
    const way = relative(root, real);
    if (way !== "" && way.split(sep)[0] !== ".." && !isAbsolute(way)) return true;
  }
  return false;
}
