import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { openWorker, type WorkerLink } from "../worker-link/open-worker.js";
import type { Family, Provider } from "./families.js";
import type { Picture } from "./picture-tensor.js";
import type { AnswerOf, RequestOf, WeightsReady, WeightsWorkerData } from "./weights-messages.js";

export interface WeightsOptions {
  /** Folder with model.json (the card) and the files that it names. */
  readonly modelDir: string;
  /** Where the network runs, tried in this order. Default: only `cpu`. */
  readonly providers?: readonly Provider[];
  /** Threads of one inference. More than one stalls when another process is busy. */
  readonly threads?: number;
  /** Each provider of the list that could not be had, with the reason, and the one that was taken. */
  readonly onFallback?: (fallback: ProviderFallback) => void;
}

export interface ProviderFallback {
  readonly model: string;
  readonly from: Provider;
  readonly to: Provider;
  readonly reason: string;
}

export type WeightsLink<F extends Family> = WorkerLink<RequestOf<F>, AnswerOf<F>, WeightsReady>;

/** A family's network in a worker thread of its own. Rejects with `model-missing`, `model-damaged` or `model-failed`. */
export function openWeights<F extends Family>(family: F, options: WeightsOptions): Promise<WeightsLink<F>> {
  const { modelDir, threads = 1, providers = ["cpu"], onFallback } = options;
  const workerData: WeightsWorkerData = { family, modelDir, threads, providers };
  return openWorker({
    name: family,
    start: () => spawnWorker(import.meta.url, "./weights-worker.js", { workerData }),
    onReady: ({ skipped, provider, model }) => {
      for (const { provider: from, reason } of skipped) onFallback?.({ model, from, to: provider, reason });
    },
  });
}

/** The picture in a buffer of its own, to be handed over. Throws `model-failed` when its bytes do not fit its size. */
export function copyPicture(picture: Picture): { picture: Picture; transfer: readonly ArrayBuffer[] } {
  const { width, height } = picture;
  if (!(width > 0 && height > 0) || picture.rgb.length !== width * height * 3) {
    throw new ControllerError(
      "model-failed",
      `A picture of ${width} x ${height} pixels came with ${picture.rgb.length} bytes; expected ${width * height * 3}, 8-bit RGB.`,
    );
  }
  const rgb = new Uint8Array(picture.rgb);
  return { picture: { width, height, rgb }, transfer: [rgb.buffer] };
}
