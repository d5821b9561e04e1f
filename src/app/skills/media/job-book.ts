import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ControllerError } from "../../../domain/errors.js";
import type { MediaJobs } from "../../../ports/media-jobs.js";

const jobSchema = z.strictObject({ id: z.string().min(1), sinceMs: z.number() });

/** Jobs that were handed in, one small file each, so that the next run of the program finds them. A damaged file counts as none. */
export function createJobBook(folder: string): MediaJobs {
  const at = (key: string): string => join(folder, `${key}.json`);
  return {
    async find(key) {
      try {
        const parsed = jobSchema.safeParse(JSON.parse(await readFile(at(key), "utf8")));
        return parsed.success ? parsed.data : undefined;
      } catch {
        return undefined;
      }
    },
    async keep(key, job) {
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(`${at(key)}.part`, `${JSON.stringify(job)}\n`, { flush: true });
        await rename(`${at(key)}.part`, at(key));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new ControllerError(
          "recording-failed",
          `The job ${job.id} was handed in, and its name could not be kept in ${folder}: ${reason}. Make room on the disk.`,
          { cause, details: { job: job.id } },
        );
      }
    },
    forget: (key) => rm(at(key), { force: true }),
  };
}
