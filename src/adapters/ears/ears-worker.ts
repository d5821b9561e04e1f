import { workerData } from "node:worker_threads";
import { serveWorker } from "../worker-link/serve-worker.js";
import type { EarsAnswer, EarsReady, EarsRequest, EarsWorkerData } from "./ears-messages.js";
import { loadEarsNet } from "./ears-net.js";

await serveWorker<EarsRequest, EarsAnswer, EarsReady>(async () => {
  const net = await loadEarsNet(workerData as EarsWorkerData);
  const { confidenceThreshold } = net.parameters;
  return {
    ready: { confidenceThreshold, languages: ["en", "zh"] },
    run: async (request) => ({ utterances: await net.hear(request) }),
  };
});
