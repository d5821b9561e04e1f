import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../domain/errors.js";
import type { Evaluator, Journal, JournalEntry } from "../../ports/evaluation.js";
import { packageRoot } from "../package-root.js";

/** More files are no benchmark of pictures that anybody has. */
const MOST_FILES = 100_000;
const DEEPEST = 3;

const entrySchema = z.object({
  key: z.string(),
  answer: z.string().optional(),
  code: z.string().optional(),
  latencyMs: z.number(),
});

/** Where questions, the sample and earlier answers lie. */
export function evaluationFiles({
  keepDir,
}: {
  readonly keepDir: string;
}): Pick<Evaluator, "list" | "sample" | "openJournal"> {
  return {
    async list(folder) {
      const found: string[] = [];
      async function walk(at: string, depth: number): Promise<void> {
        for (const entry of await readdir(at, { withFileTypes: true }).catch(() => [])) {
          if (found.length >= MOST_FILES) return;
          const path = join(at, entry.name);
          if (entry.isDirectory() && depth < DEEPEST) await walk(path, depth + 1);
          else if (entry.isFile()) found.push(relative(folder, path).split(sep).join("/"));
        }
      }
      await walk(folder, 1);
      return found.sort();
    },

    async sample() {
      const folder = join(packageRoot(), "skills", "evaluate", "sample");
      const names = await this.list(folder);
      const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
      return new Map(files);
    },

    async openJournal(key, { fresh }) {
      const path = join(keepDir, `${createHash("sha256").update(key).digest("hex").slice(0, 24)}.jsonl`);
      try {
        await mkdir(keepDir, { recursive: true });
        if (fresh) await rm(path, { force: true });
        const text = await readFile(path, "utf8").catch(() => "");
        const entries = text.split("\n").flatMap(readEntry);
        // A line that a crash cut off must not swallow the next one.
        if (text !== "" && !text.endsWith("\n")) await appendFile(path, "\n");
        return { entries, append: (entry) => append(path, entry) } satisfies Journal;
      } catch (error) {
        throw refused(path, error);
      }
    },
  };
}

async function append(path: string, entry: JournalEntry): Promise<void> {
  try {
    await appendFile(path, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    throw refused(path, error);
  }
}

function readEntry(line: string): readonly JournalEntry[] {
  try {
    const parsed = entrySchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

function refused(path: string, cause: unknown): ControllerError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ControllerError("recording-failed", `Answers cannot be kept in ${path}: ${reason}.`, { cause });
}
