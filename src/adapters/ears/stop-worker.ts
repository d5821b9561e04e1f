import { workerData } from "node:worker_threads";
import { resample } from "../../domain/speech/resample.js";
import type { Sound } from "../../domain/speech/sound.js";
import { serveWorker } from "../worker-link/serve-worker.js";
import type { EarsWorkerData } from "./ears-messages.js";
import { EARS_RATE_HZ } from "./ears-net.js";
import { loadStopWatch } from "./load-stop-watch.js";
import type { StopFound } from "./stop-watch.js";

await serveWorker<Sound, StopFound | undefined, readonly string[]>(async () => {
  const { modelDir, threads } = workerData as EarsWorkerData;
  const maker = await loadStopWatch(modelDir, threads);
  return {
    ready: maker.shape.words,
    run: async (sound) => {
      const watch = maker.make();
      const { samples } = resample(sound, EARS_RATE_HZ);
      return (await watch.hear(samples)) ?? (await watch.end());
    },
  };
});
