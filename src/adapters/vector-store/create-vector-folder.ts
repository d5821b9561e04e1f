import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ControllerError } from "../../domain/errors.js";
import { ok } from "../../domain/result.js";
import type { VectorStore } from "../../ports/picture-memory.js";

const FILE = /^(\d+)_([A-Za-z0-9-]+)\.f32$/;

interface Point {
  readonly seenAtMs: number;
  readonly vector: Float32Array;
}

/** One file of little-endian floats for each vector, compared one by one. */
export function createVectorFolder({ folder }: { readonly folder: string }): VectorStore {
  const points = new Map<string, Point>();

  /** Sees what other programs have put there. */
  async function refresh(): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const [, seenAt = "", id = ""] = FILE.exec(name) ?? [];
      if (id === "" || points.has(id)) continue;
      const bytes = await readFile(join(folder, name)).catch(() => undefined);
      if (bytes === undefined || bytes.length === 0 || bytes.length % 4 !== 0) continue;
      const vector = Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
      points.set(id, { seenAtMs: Number(seenAt), vector });
    }
  }

  return {
    name: "folder",
    async put(added) {
      try {
        await mkdir(folder, { recursive: true });
        for (const { id, vector, seenAtMs } of added) {
          const bytes = Buffer.alloc(vector.length * 4);
          vector.forEach((value, at) => bytes.writeFloatLE(value, at * 4));
          const name = `${Math.round(seenAtMs)}_${id}.f32`;
          await writeFile(join(folder, `.${name}`), bytes);
          await rename(join(folder, `.${name}`), join(folder, name));
          points.set(id, { seenAtMs, vector });
        }
        return ok(undefined);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new ControllerError("recording-failed", `Vectors cannot be kept in ${folder}: ${reason}.`, { cause });
      }
    },
    async known(ids) {
      await refresh();
      return ok(new Set(ids.filter((id) => points.has(id))));
    },
    async nearest(vector, { limit, sinceMs = -Infinity, untilMs = Infinity }) {
      await refresh();
      const scored = [...points.entries()]
        .filter(([, point]) => point.vector.length === vector.length)
        .filter(([, { seenAtMs }]) => seenAtMs >= sinceMs && seenAtMs <= untilMs)
        .map(([id, point]) => ({ id, score: vector.reduce((sum, value, at) => sum + value * point.vector[at], 0) }));
      return ok(scored.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id)).slice(0, limit));
    },
    close: async () => undefined,
  };
}
