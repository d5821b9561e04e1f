import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import type { WordsAnswer, WordsFailure, WordsRequest, WordsWorkerData } from "./words-messages.js";
import { loadWordsNet, type WordsNet } from "./words-net.js";

const port = parentPort as MessagePort;
const answer = (message: WordsAnswer): void => port.postMessage(message);

/** Errors lose their class on the way to the main thread; code and message go as data. */
function asFailure(error: unknown): WordsFailure {
  if (error instanceof ControllerError) return { code: error.code, message: error.message, details: error.details };
  return { code: "model-failed", message: `Reading the instruction broke: ${String(error)}` };
}

async function answerRequest(net: WordsNet, { id, text }: WordsRequest): Promise<void> {
  try {
    answer({ type: "reading", id, reading: await net.read(text) });
  } catch (error) {
    answer({ type: "failed", id, failure: asFailure(error) });
  }
}

try {
  const net = await loadWordsNet(workerData as WordsWorkerData);
  let queue = Promise.resolve();
  port.on("message", (request: WordsRequest) => {
    queue = queue.then(() => answerRequest(net, request));
  });
  answer({ type: "ready", thresholds: net.thresholds });
} catch (error) {
  answer({ type: "not-ready", failure: asFailure(error) });
}
