import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { openWorker, type WorkerLink } from "../worker-link/open-worker.js";
import { PACKAGE } from "./transformers-module.js";
import type {
  TransformersAnswer,
  TransformersReady,
  TransformersRequest,
  TransformersTask,
  TransformersWorkerData,
} from "./transformers-messages.js";

export interface TransformersOptions {
  /** Folder with model.json (the card), config.json, the tokenizer and onnx/: nothing is fetched. One of `modelDir` and `model` must be given. */
  readonly modelDir?: string;
  /** Name on the model hub, such as "onnx-community/whisper-base"; fetched into the package's cache at first use. */
  readonly model?: string;
  /** Refuses to fetch anything: `model` must be there already. */
  readonly offline?: boolean;
  /** Which of the weights: fp32, fp16, q8, q4. Half precision may fail to load on a CPU. */
  readonly dtype?: string;
  /** Tried in this order. */
  readonly providers?: readonly string[];
  readonly onFallback?: (fallback: {
    readonly model: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }) => void;
  /** Module that is imported in place of @huggingface/transformers. */
  readonly specifier?: string;
}

export type TransformersLink = WorkerLink<TransformersRequest, TransformersAnswer, TransformersReady>;

/** The task's model in a worker thread. Rejects with `model-missing` when the package or the files are not there. */
export async function openTransformers(
  task: TransformersTask,
  options: TransformersOptions,
): Promise<TransformersLink> {
  const { modelDir, offline = false, dtype = "fp32", providers = ["cpu"], onFallback, specifier = PACKAGE } = options;
  const model = modelDir ?? options.model;
  if (model === undefined)
    throw new ControllerError("bad-input", `${task}: expected modelDir or model; found neither.`);
  const workerData: TransformersWorkerData = {
    task,
    model,
    isFolder: modelDir !== undefined,
    allowRemote: modelDir === undefined && !offline,
    dtype,
    devices: providers,
    specifier,
  };
  return openWorker({
    name: `${task} (${model})`,
    start: () => spawnWorker(import.meta.url, "./transformers-worker.js", { workerData }),
    onReady: ({ device, skipped }) => {
      for (const { device: from, reason } of skipped) onFallback?.({ model, from, to: device, reason });
    },
  });
}

/** Asks for text. */
export async function askText(
  link: TransformersLink,
  request: TransformersRequest,
  signal: AbortSignal | undefined,
): Promise<string> {
  const answer = await link.ask(request, { signal });
  return answer.type === "text" ? answer.text : "";
}
