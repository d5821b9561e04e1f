import type { MediaJob, MediaJobs } from "../../src/ports/media-jobs.js";

/** Jobs kept in memory; a second one over the same `kept` stands for the program after a restart. */
export function memoryJobs(kept = new Map<string, MediaJob>()): MediaJobs & { readonly kept: Map<string, MediaJob> } {
  return {
    kept,
    find: async (key) => kept.get(key),
    keep: async (key, job) => void kept.set(key, job),
    forget: async (key) => void kept.delete(key),
  };
}
