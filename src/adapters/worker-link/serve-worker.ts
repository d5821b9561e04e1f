import { parentPort, type MessagePort } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import type { WorkerAnswer, WorkerFailure, WorkerRequest } from "./worker-messages.js";

export interface Served<Request, Answer, Ready> {
  readonly ready: Ready;
  run(request: Request): Promise<Answer>;
  /** Buffers of an answer that are handed over rather than copied. */
  transfer?(answer: Answer): readonly ArrayBuffer[];
}

function asFailure(error: unknown): WorkerFailure {
  if (error instanceof ControllerError) return { code: error.code, message: error.message, details: error.details };
  return {
    code: "model-failed",
    message: `The model broke: ${error instanceof Error ? error.message : String(error)}`,
  };
}

/** The worker's side of a link: loads once, then answers one request after the other. To be called once in a worker file. */
export async function serveWorker<Request, Answer, Ready>(
  load: () => Promise<Served<Request, Answer, Ready>>,
): Promise<void> {
  const port = parentPort as MessagePort;
  const post = (message: WorkerAnswer<Answer, Ready>, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(message, transfer);
  try {
    const served = await load();
    port.on("message", (message: WorkerRequest<Request>) => {
      // Ends this thread only. Nothing native is under way when a message is handled.
      if (message.type === "end") process.exit(0);
      const { id, request } = message;
      served.run(request).then(
        (answer) => post({ type: "answer", id, answer }, served.transfer?.(answer)),
        (error: unknown) => post({ type: "failed", id, failure: asFailure(error) }),
      );
    });
    post({ type: "ready", ready: served.ready });
  } catch (error) {
    post({ type: "not-ready", failure: asFailure(error) });
  }
}
