import { workerData } from "node:worker_threads";
import { serveWorker } from "../worker-link/serve-worker.js";
import { loadClip } from "./clip/clip-net.js";
import { loadDepthAnything } from "./depth-anything/depth-net.js";
import type { Family } from "./families.js";
import { loadGroundingDino } from "./grounding-dino/dino-net.js";
import { loadOwlv2 } from "./owlv2/owl-net.js";
import { loadSam } from "./sam/sam-net.js";
import { loadTableTransformer } from "./table-transformer/table-net.js";
import { openWeightsFolder } from "./weights-folder.js";
import type { AnswerOf, RequestOf, WeightsReady, WeightsWorkerData } from "./weights-messages.js";
import type { LoadNet, WeightsNet } from "./weights-net.js";

const LOADERS: { readonly [F in Family]: LoadNet<F> } = {
  "grounding-dino": loadGroundingDino,
  owlv2: loadOwlv2,
  "depth-anything-v2": loadDepthAnything,
  clip: loadClip,
  "table-transformer": loadTableTransformer,
  sam: loadSam,
};

const loadFamily = async <F extends Family>(family: F, ...args: Parameters<LoadNet<F>>): Promise<WeightsNet<F>> =>
  LOADERS[family](...args);

/** A depth map is megabytes; everything else is small enough to be copied. */
function buffersOf(answer: AnswerOf<Family>): readonly ArrayBuffer[] {
  return "unit" in answer ? [answer.values.buffer] : [];
}

const { family, modelDir, providers, threads } = workerData as WeightsWorkerData;
await serveWorker<RequestOf<Family>, AnswerOf<Family>, WeightsReady>(async () => {
  const folder = await openWeightsFolder(modelDir, family);
  const net = await loadFamily(family, folder, { providers, threads });
  const { provider, skipped, unit } = net;
  const { name: model, licence } = folder.card;
  return {
    ready: { provider, skipped, model, licence, ...(unit === undefined ? {} : { unit }) },
    run: (request) => net.run(request),
    transfer: buffersOf,
  };
});
