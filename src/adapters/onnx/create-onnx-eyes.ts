import { ControllerError } from "../../domain/errors.js";
import type { Frame } from "../../domain/frame.js";
import type { DepthEstimator } from "../../ports/depth-estimator.js";
import type { Grounder } from "../../ports/grounder.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import type { EyesAnswer, EyesFailure, EyesReading, EyesRequest, EyesWorkerData } from "./eyes-messages.js";

export interface OnnxEyesOptions {
  /** Folder with model.json, detector.onnx and look.onnx. */
  readonly modelDir: string;
  /** Threads of one inference. More than one stalls when another process is busy. */
  readonly threads?: number;
}

export interface OnnxEyes {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  /** Ends the worker; closing the grounder or the depth estimator does the same. Safe to call twice. */
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (reading: EyesReading) => void;
  readonly reject: (error: Error) => void;
}

const asError = ({ code, message, details }: EyesFailure): ControllerError =>
  new ControllerError(code, message, { details });

/**
 * The on-board eyes in a worker thread: the caller's thread only copies the frame. Grounder and depth estimator share one run
 * for a frame. Rejects with `model-missing` or `model-damaged` when the folder is not what its card says.
 */
export async function createOnnxEyes({ modelDir, threads = 1 }: OnnxEyesOptions): Promise<OnnxEyes> {
  const workerData: EyesWorkerData = { modelDir, threads };
  const worker = spawnWorker(import.meta.url, "./eyes-worker.js", { workerData });
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

  await new Promise<void>((resolve, reject) => {
    worker.on("message", (answer: EyesAnswer) => {
      if ("id" in answer && --inWorker === 0) onIdle?.();
      switch (answer.type) {
        case "ready":
          // An idle worker must not keep the program alive.
          worker.unref();
          return resolve();
        case "not-ready":
          return reject(asError(answer.failure));
        case "reading":
          return settle(answer.id, (call) => call.resolve(answer.reading));
        case "failed":
          return settle(answer.id, (call) => call.reject(asError(answer.failure)));
      }
    });
    const died = (cause: unknown): void => {
      const error = new ControllerError("worker-died", `The vision worker ended: ${String(cause)}. Start again.`, {
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

  const ask = (frame: Frame): Promise<EyesReading> => {
    if (broken) return Promise.reject(broken);
    const { width, height, intrinsics, poseInBase } = frame;
    const rgb = frame.rgb.slice();
    const depthM = frame.depthM?.slice();
    const request: EyesRequest = { id: nextId++, width, height, rgb, depthM, intrinsics, poseInBase };
    return new Promise((resolve, reject) => {
      pending.set(request.id, { resolve, reject });
      worker.ref();
      inWorker++;
      worker.postMessage(request, [rgb.buffer, ...(depthM ? [depthM.buffer] : [])]);
    });
  };

  // By the picture's own bytes: sequence numbers begin again when a camera is opened anew, and cameras may reuse a buffer.
  const readings = new WeakMap<Uint8Array, { sequence: number; capturedAtMs: number; reading: Promise<EyesReading> }>();
  const read = (frame: Frame, signal: AbortSignal | undefined): Promise<EyesReading> => {
    if (signal?.aborted) return Promise.reject(calledOff());
    const known = readings.get(frame.rgb);
    if (known && !broken && known.sequence === frame.sequence && known.capturedAtMs === frame.capturedAtMs) {
      return orAborted(known.reading, signal);
    }
    const wrong = wrongSize(frame);
    if (wrong) return Promise.reject(wrong);
    const reading = ask(frame);
    readings.set(frame.rgb, { sequence: frame.sequence, capturedAtMs: frame.capturedAtMs, reading });
    return orAborted(reading, signal);
  };

  const close = async (): Promise<void> => {
    breakDown(new ControllerError("model-failed", "The on-board eyes are closed; create them anew."));
    await (ended ??= end());
  };
  return {
    grounder: {
      name: "onboard",
      ground: async (frame, { signal }) => (await read(frame, signal)).groundings,
      close,
    },
    depth: {
      name: "eyes",
      async estimate(frame, options) {
        const { width, height, data } = (await read(frame, options?.signal)).depth;
        return { width, height, depthM: data, source: "model" };
      },
      close,
    },
    close,
  };
}

function wrongSize({ width, height, rgb, camera }: Frame): ControllerError | undefined {
  if (width > 0 && height > 0 && rgb.length === width * height * 3) return undefined;
  return new ControllerError(
    "model-failed",
    `Camera "${camera}" sent ${rgb.length} bytes for ${width} x ${height} pixels; expected ${width * height * 3}, 8-bit RGB.`,
  );
}

const calledOff = (): ControllerError => new ControllerError("aborted", "Reading the picture was called off.");

/** The run goes on in the worker, which cannot be interrupted; only the caller stops waiting. */
function orAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return result;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(calledOff());
    signal.addEventListener("abort", onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
