import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import type { PictureStore, RememberedPicture } from "../../ports/picture-memory.js";
import { entrySchema } from "./entry-schema.js";

export interface PictureFolderOptions {
  /** Made when the first picture comes. */
  readonly folder: string;
  /** Pictures that are kept; with the next one the oldest leaves. */
  readonly most: number;
}

const ENTRY = /^([0-9TZ]+-[0-9a-f]+)\.json$/;

/**
 * A folder with a JPEG and a JSON file for each picture. Several programs may use it at a time: files appear whole, and are never
 * changed. A file that cannot be read is passed over.
 */
export function createPictureFolder({ folder, most }: PictureFolderOptions): PictureStore {
  const read = new Map<string, RememberedPicture | undefined>();

  async function ids(): Promise<readonly string[]> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw broken(folder, error);
    });
    return names.flatMap((name) => ENTRY.exec(name)?.[1] ?? []).sort();
  }

  async function entry(id: string): Promise<RememberedPicture | undefined> {
    const text = await readFile(join(folder, `${id}.json`), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const parsed = entrySchema.safeParse(JSON.parse(text));
      return parsed.success && parsed.data.id === id ? parsed.data : undefined;
    } catch {
      return undefined;
    }
  }

  async function write(name: string, content: string | Uint8Array): Promise<void> {
    const unfinished = join(folder, `.${name}.part`);
    try {
      await writeFile(unfinished, content);
      await rename(unfinished, join(folder, name));
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  return {
    async all() {
      const now = await ids();
      const there = new Set(now);
      for (const id of read.keys()) if (!there.has(id)) read.delete(id);
      const fresh = now.filter((id) => !read.has(id));
      // In pieces: thousands of files at once are more than some systems open.
      for (let at = 0; at < fresh.length; at += 64) {
        const piece = fresh.slice(at, at + 64);
        const entries = await Promise.all(piece.map(entry));
        piece.forEach((id, i) => read.set(id, entries[i]));
      }
      return now.flatMap((id) => read.get(id) ?? []);
    },
    async add(picture, jpeg) {
      try {
        await mkdir(folder, { recursive: true });
        // The picture first: an entry always has one.
        await write(`${picture.id}.jpg`, jpeg);
        await write(`${picture.id}.json`, JSON.stringify(picture));
        read.set(picture.id, picture);
        const now = await ids();
        for (const id of now.slice(0, Math.max(0, now.length - most))) {
          await rm(join(folder, `${id}.json`), { force: true });
          await rm(join(folder, `${id}.jpg`), { force: true });
          read.delete(id);
        }
      } catch (error) {
        await rm(join(folder, `${picture.id}.jpg`), { force: true }).catch(() => undefined);
        throw broken(folder, error);
      }
    },
    jpeg: (id) => readFile(join(folder, `${id}.jpg`)).catch(() => undefined),
  };
}

function broken(folder: string, cause: unknown): ControllerError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ControllerError(
    "recording-failed",
    `The pictures in ${folder} cannot be kept or read: ${reason}. Make room on the disk, or check the folder's rights.`,
    { cause },
  );
}
