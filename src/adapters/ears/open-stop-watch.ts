import { spawnWorker } from "../../ports/spawn-worker.js";
import type { Sound } from "../../domain/speech/sound.js";
import { openWorker } from "../worker-link/open-worker.js";
import type { EarsWorkerData } from "./ears-messages.js";
import { checkSound } from "./ears-net.js";
import type { StopFound } from "./stop-watch.js";

export interface StopWatchLink {
  /** The words that it knows. */
  readonly words: readonly string[];
  /** The first word to stop in a recording; undefined where there is none, and for what is no sound. */
  hear(sound: Sound, options: { signal: AbortSignal }): Promise<StopFound | undefined>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/**
 * The watch for words to stop, in a worker thread of its own, so that it neither holds up the controller nor waits behind a
 * long sentence. Rejects with `model-missing` or `model-damaged`, and a call with `aborted` when it is called off.
 */
export async function openStopWatch({ modelDir }: { readonly modelDir: string }): Promise<StopWatchLink> {
  const workerData: EarsWorkerData = { modelDir, threads: 1 };
  const link = await openWorker<Sound, StopFound | undefined, readonly string[]>({
    name: "the watch for words to stop",
    start: () => spawnWorker(import.meta.url, "./stop-worker.js", { workerData }),
  });
  return {
    words: link.ready,
    hear: async (sound, { signal }) => (checkSound(sound) === undefined ? link.ask(sound, { signal }) : undefined),
    close: () => link.close(),
  };
}
