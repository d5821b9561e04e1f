import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { JobFailure, MakingOptions } from "../../ports/clip-maker.js";
import type { MediaJobs } from "../../ports/media-jobs.js";
import type { BackendFailure } from "../../ports/skill-backends.js";
import type { Delay } from "../model-link/index.js";

/** What a server says of a job. `gone`: it does not know it. */
export type JobState<Done> =
  | { readonly state: "waiting" | "running"; readonly fraction?: number }
  | { readonly state: "done"; readonly value: Done }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "gone" };

type Answer<T> = Promise<Result<T, BackendFailure>>;

/** How one server is asked; each function is one request, and all but `submit` may be tried again. */
export interface JobSteps<Done> {
  /** Gives the job's id. Never sent twice by itself: the first may have been taken, and jobs cost money. */
  submit(signal: AbortSignal): Answer<string>;
  poll(id: string, signal: AbortSignal): Answer<JobState<Done>>;
  fetch(id: string, done: Done, signal: AbortSignal): Answer<Uint8Array>;
  /** Best effort. */
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** After it was fetched; best effort. */
  clean?(id: string, signal: AbortSignal): Promise<void>;
}

export interface RunJobOptions extends MakingOptions {
  readonly server: string;
  /** A hash of all that is asked for, and of whom. */
  readonly key: string;
  readonly jobs: MediaJobs;
  readonly everyMs: number;
  /** From when it was handed in; then it is called off. */
  readonly maxAgeMs: number;
  readonly delay: Delay;
  readonly nowMs: () => number;
  /** Fires when the adapter is closed: the robot's program ends, and the job is left to go on. */
  readonly closed: AbortSignal;
  /** Waited for when the adapter closes. */
  readonly linger: (work: Promise<unknown>) => void;
}

export interface FetchedJob {
  readonly bytes: Uint8Array;
  readonly resumed: boolean;
}

const CLEANING_MS = 5_000;
/** A server forgets for a moment between its queue and its list of what is done. */
const GONE_TIMES = 3;

/**
 * Hands a job in, or picks up the one that an earlier run of the program handed in for the same request, waits for it, and fetches what it
 * made. Its id is on the disk before anybody waits. Called off by whoever asked, it is called off at the server too; a time limit or the
 * program's end leaves it there for the next run to pick up.
 */
export async function runJob<Done>(
  steps: JobSteps<Done>,
  options: RunJobOptions,
): Promise<Result<FetchedJob, BackendFailure | JobFailure>> {
  const { server, key, jobs, everyMs, maxAgeMs, delay, nowMs, closed, linger, onProgress } = options;
  const signal = AbortSignal.any([options.signal, closed]);
  const known = await jobs.find(key);
  let job = known;
  const atRest = async (work: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    const over = AbortSignal.timeout(CLEANING_MS);
    const done = work(over).catch(() => undefined);
    linger(done);
    await done;
  };

  try {
    if (job === undefined) {
      const submitted = await steps.submit(signal);
      if (!submitted.ok) return submitted;
      job = { id: submitted.value, sinceMs: nowMs() };
      await jobs.keep(key, job);
    }
    const { id, sinceMs } = job;
    onProgress({ fraction: 0, message: known === undefined ? "handed in" : "picked up again" });
    for (let gone = 0; ;) {
      const asked = await steps.poll(id, signal);
      if (!asked.ok) return asked;
      const now = asked.value;
      gone = now.state === "gone" ? gone + 1 : 0;
      switch (now.state) {
        case "done": {
          const fetched = await steps.fetch(id, now.value, signal);
          if (!fetched.ok) return fetched;
          await jobs.forget(key);
          if (steps.clean !== undefined) await atRest((over) => steps.clean?.(id, over) ?? Promise.resolve());
          return ok({ bytes: fetched.value, resumed: known !== undefined });
        }
        case "failed":
          await jobs.forget(key);
          return fail("job-failed", `${server} says that the job failed: ${now.message}`, { job: id });
        case "gone":
          if (gone < GONE_TIMES) break;
          await jobs.forget(key);
          return fail(
            "job-vanished",
            `${server} took the job ${id} and does not know it any more; it may have been restarted. Ask again to hand it in anew.`,
            { job: id },
          );
        case "waiting":
        case "running":
          onProgress({
            fraction: Math.max(0, Math.min(1, now.fraction ?? 0)),
            message: now.state === "waiting" ? "waiting in the queue" : "at work",
          });
          break;
      }
      if (nowMs() - sinceMs > maxAgeMs) {
        await atRest((over) => steps.cancel(id, over));
        await jobs.forget(key);
        return fail(
          "job-expired",
          `The job ${id} at ${server} was not done ${Math.round(maxAgeMs / 1000)} s after it was handed in (jobTimeoutS), and was called off.`,
          { job: id },
        );
      }
      await delay(everyMs, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    if (job !== undefined && isCalledOff(options.signal)) {
      const { id } = job;
      await atRest(async (over) => {
        await jobs.forget(key);
        await steps.cancel(id, over);
      });
    }
    throw new ControllerError("aborted", `The job at ${server} was called off, or is left to go on.`, { cause: error });
  }
}

/** Whoever asked gave up. A time limit and the end of the program say so in the signal's reason, and leave the job alone. */
function isCalledOff(signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  const { reason } = signal as { reason: unknown };
  return !(reason instanceof ControllerError && reason.details?.["keepsJobs"] === true);
}
