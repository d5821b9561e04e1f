import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import type { EyesAnswer, EyesFailure, EyesRequest, EyesWorkerData } from "./eyes-messages.js";
import { loadEyesNet, type EyesNet } from "./eyes-net.js";

const port = parentPort as MessagePort;
const answer = (message: EyesAnswer): void => port.postMessage(message);

/** Errors lose their class on the way to the main thread; code and message go as data. */
function asFailure(error: unknown): EyesFailure {
  if (error instanceof ControllerError) return { code: error.code, message: error.message, details: error.details };
  return { code: "model-failed", message: `Inference broke: ${String(error)}` };
}

async function answerRequest(net: EyesNet, request: EyesRequest): Promise<void> {
  try {
    const reading = await net.read(request);
    answer({ type: "reading", id: request.id, reading });
  } catch (error) {
    answer({ type: "failed", id: request.id, failure: asFailure(error) });
  }
}

try {
  const net = await loadEyesNet(workerData as EyesWorkerData);
  // One at a time: two runs side by side would only slow each other.
  let queue = Promise.resolve();
  port.on("message", (request: EyesRequest) => {
    queue = queue.then(() => answerRequest(net, request));
  });
  answer({ type: "ready" });
} catch (error) {
  answer({ type: "not-ready", failure: asFailure(error) });
}
