import { parentPort, workerData } from "node:worker_threads";
import { createTextureLibrary } from "../../../sim/render/index.js";
import { loadEyes, type Eyes } from "../create-eyes.js";
import type { Launch } from "../launch/launch-schema.js";
import { runEpisode, type EpisodeOrder } from "./run-episode.js";
import type { BenchReply } from "./run-bench.js";

// One of several workers of a benchmark: takes an episode at a time, answers with its row. Keeps the weights and textures loaded.
const port = parentPort;
if (port === null) throw new Error("bench-worker.js runs as a worker thread of runBench only.");
const launch = workerData as Launch;
let eyes: Eyes | undefined;
const textures = createTextureLibrary();

async function serve(order: EpisodeOrder): Promise<BenchReply> {
  try {
    eyes ??= await loadEyes(launch);
    return { index: order.index, row: await runEpisode(order, launch, { eyes, textures }) };
  } catch (error) {
    return { index: order.index, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on("message", (order: EpisodeOrder | "close") => {
  if (order === "close") {
    void (eyes?.close() ?? Promise.resolve()).then(() => port.close());
    return;
  }
  void serve(order).then((reply) => port.postMessage(reply));
});
