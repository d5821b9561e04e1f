import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import type { WordsReader, WordsReading } from "../../ports/words-reader.js";
import type { WordsAnswer, WordsFailure, WordsThresholds, WordsWorkerData } from "./words-messages.js";

export interface OnnxWordsOptions {
  /** Folder with model.json and words.onnx. */
  readonly modelDir: string;
  /** Threads of one inference. */
  readonly threads?: number;
}

interface Pending {
  readonly resolve: (reading: WordsReading) => void;
  readonly reject: (error: Error) => void;
}

const asError = ({ code, message, details }: WordsFailure): ControllerError =>
  new ControllerError(code, message, { details });
const calledOff = (): ControllerError => new ControllerError("aborted", "Reading the instruction was called off.");

/**
 * The on-board reader of instructions, in a worker thread. Rejects with `model-missing` or `model-damaged` when the folder is
 * not what its card says.
 */
export async function createOnnxWords({ modelDir, threads = 1 }: OnnxWordsOptions): Promise<WordsReader> {
  const workerData: WordsWorkerData = { modelDir, threads };
  const worker = spawnWorker(import.meta.url, "./words-worker.js", { workerData });
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let broken: ControllerError | undefined;
  let inWorker = 0;
  let onIdle: (() => void) | undefined;

  const breakDown = (error: ControllerError): void => {
    broken ??= error;
    for (const { reject } of pending.values()) reject(broken);
    pending.clear();
  };
  /** onnxruntime takes the whole process down when its thread is terminated in the middle of a run, so a run is waited for. */
  const end = async (): Promise<void> => {
    worker.ref();
    if (inWorker > 0 && broken?.code !== "worker-died") await new Promise<void>((resolve) => (onIdle = resolve));
    await worker.terminate();
  };
  let ended: Promise<void> | undefined;
  const settle = (id: number, act: (call: Pending) => void): void => {
    const call = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) worker.unref();
    if (call) act(call);
  };

  const thresholds = await new Promise<WordsThresholds>((resolve, reject) => {
    worker.on("message", (answer: WordsAnswer) => {
      if ("id" in answer && --inWorker === 0) onIdle?.();
      switch (answer.type) {
        case "ready":
          // An idle worker must not keep the program alive.
          worker.unref();
          return resolve(answer.thresholds);
        case "not-ready":
          return reject(asError(answer.failure));
        case "reading":
          return settle(answer.id, (call) => call.resolve(answer.reading));
        case "failed":
          return settle(answer.id, (call) => call.reject(asError(answer.failure)));
      }
    });
    const died = (cause: unknown): void => {
      const error = new ControllerError("worker-died", `The words worker ended: ${String(cause)}. Start again.`, {
        cause,
      });
      breakDown(error);
      onIdle?.();
      reject(error);
    };
    worker.on("error", died);
    worker.on("exit", (code) => died(`exit code ${code}`));
  }).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });

  return {
    name: "words",
    thresholds,
    read: (text, { signal }) => {
      if (signal.aborted) return Promise.reject(calledOff());
      if (broken) return Promise.reject(broken);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        // The run goes on in the worker, which cannot be interrupted; only the caller stops waiting.
        const onAbort = (): void => settle(id, (call) => call.reject(calledOff()));
        signal.addEventListener("abort", onAbort, { once: true });
        const finish = (): void => signal.removeEventListener("abort", onAbort);
        pending.set(id, {
          resolve: (reading) => (finish(), resolve(reading)),
          reject: (error) => (finish(), reject(error)),
        });
        worker.ref();
        inWorker++;
        worker.postMessage({ id, text });
      });
    },
    close: async () => {
      breakDown(new ControllerError("model-failed", "The words reader is closed; create it anew."));
      await (ended ??= end());
    },
  };
}
