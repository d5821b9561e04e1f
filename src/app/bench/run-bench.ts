import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { DESCRIBE_SUITE, POINTING_SUITE, suiteOf, type EpisodeRow } from "../../../sim/suites/index.js";
import type { Launch } from "../launch/launch-schema.js";
import type { EpisodeOrder } from "./run-episode.js";

export interface BenchRequest {
  readonly suite: string;
  readonly episodes: number;
  readonly seed: number;
  readonly workers: number;
  /** The part of the episodes that this machine runs, from 1. */
  readonly shard: { readonly part: number; readonly of: number };
  readonly launch: Launch;
  /** Rows of missions that went wrong come with pictures. */
  readonly pictures?: boolean;
  readonly onRow?: (row: EpisodeRow, done: number, total: number) => void;
}

export type BenchReply =
  { readonly index: number; readonly row: EpisodeRow } | { readonly index: number; readonly error: string };

/**
 * Runs the episodes of a suite on worker threads and returns their rows in the order of their indices. Rows do not depend on
 * how many workers there are. Throws `bad-input` for an unknown suite, and `internal` with the episode's index when one breaks: a
 * broken episode is a bug, not a miss.
 */
export async function runBench(request: BenchRequest): Promise<readonly EpisodeRow[]> {
  // Here, not in the workers: a wrong name is the person's mistake, not an episode's.
  if (request.suite !== POINTING_SUITE && request.suite !== DESCRIBE_SUITE) suiteOf(request.suite);
  const indices = Array.from({ length: request.episodes }, (_, index) => index).filter(
    (index) => index % request.shard.of === request.shard.part - 1,
  );
  const rows = new Map<number, EpisodeRow>();
  const queue = [...indices];
  const crew = Math.max(1, Math.min(request.workers, indices.length));
  await Promise.all(Array.from({ length: crew }, () => serveQueue(request, queue, indices.length, rows)));
  return indices.map((index) => rows.get(index)).filter((row): row is EpisodeRow => row !== undefined);
}

function serveQueue(
  request: BenchRequest,
  queue: number[],
  total: number,
  rows: Map<number, EpisodeRow>,
): Promise<void> {
  const worker = spawnWorker(import.meta.url, "./bench-worker.js", { workerData: request.launch });
  const next = (): void => {
    const index = queue.shift();
    const order: EpisodeOrder | "close" =
      index === undefined
        ? "close"
        : { suite: request.suite, index, seed: request.seed, pictures: request.pictures === true };
    worker.postMessage(order);
  };
  return new Promise<void>((resolve, reject) => {
    worker.on("message", (reply: BenchReply) => {
      if ("error" in reply) {
        queue.length = 0;
        reject(new ControllerError("internal", `Episode ${reply.index} of ${request.suite} broke: ${reply.error}`));
        void worker.terminate();
        return;
      }
      rows.set(reply.index, reply.row);
      request.onRow?.(reply.row, rows.size, total);
      next();
    });
    worker.on("error", reject);
    worker.on("exit", () => resolve());
    next();
  });
}
