import type { Worker } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import type { WorkerAnswer, WorkerFailure, WorkerRequest } from "./worker-messages.js";

export interface WorkerLinkOptions<Ready> {
  /** For messages: `grounding-dino` ... */
  readonly name: string;
  /** Starts the worker; called again after a run was called off. */
  readonly start: () => Worker;
  /** Each time that a worker has loaded. */
  readonly onReady?: (ready: Ready) => void;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Buffers of the request that are handed over rather than copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** A model in a worker thread that takes one request at a time. */
export interface WorkerLink<Request, Answer, Ready> {
  readonly ready: Ready;
  /**
   * Rejects with `aborted` at once when it is called off. A model's run cannot be interrupted, so calling off the one that is
   * under way ends the worker as soon as the run lets it, and the next request loads the model again. Rejects with `worker-died` when the thread ends.
   */
  ask(request: Request, options?: AskOptions): Promise<Answer>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

interface Running<Ready> {
  readonly worker: Worker;
  readonly loaded: Promise<Ready>;
  readonly exited: Promise<void>;
  /** Lets go of whoever waits for it. */
  readonly giveUp: (error: ControllerError) => void;
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const asError = ({ code, message, details }: WorkerFailure): ControllerError =>
  new ControllerError(code, message, { details });

/** Starts the worker and waits until it has loaded. Rejects with what the worker could not do. */
export async function openWorker<Request, Answer, Ready>(
  options: WorkerLinkOptions<Ready>,
): Promise<WorkerLink<Request, Answer, Ready>> {
  const { name, start, onReady } = options;
  const calledOff = (): ControllerError => new ControllerError("aborted", `A run of ${name} was called off.`);
  let current: Running<Ready> | undefined;
  let ending = Promise.resolve();
  let queue = Promise.resolve();
  let waiting: Waiting<Answer> | undefined;
  let closed: ControllerError | undefined;
  let nextId = 1;

  const end = (): Promise<void> => {
    const ended = current;
    current = undefined;
    if (ended === undefined) return ending;
    const { worker, exited } = ended;
    // Asked, not terminated: onnxruntime takes the whole process down when its thread is terminated in the middle of a run.
    const request: WorkerRequest<Request> = { type: "end" };
    worker.postMessage(request);
    worker.ref();
    // Two copies of the weights at once could be one too many, so the next worker waits.
    ending = ending.then(() => exited);
    return ending;
  };
  const launch = (): Running<Ready> => {
    const worker = start();
    let giveUp: Running<Ready>["giveUp"] = () => undefined;
    const loaded = new Promise<Ready>((resolve, reject) => {
      giveUp = reject;
      const fail = (error: ControllerError): void => {
        if (current?.worker === worker) current = undefined;
        reject(error);
        waiting?.reject(error);
      };
      worker.on("message", (message: WorkerAnswer<Answer, Ready>) => {
        if (current?.worker !== worker) return;
        switch (message.type) {
          case "ready":
            onReady?.(message.ready);
            return resolve(message.ready);
          case "not-ready":
            // The thread ends by itself: it has nothing to wait for.
            return fail(asError(message.failure));
          case "answer":
            return waiting?.resolve(message.answer);
          case "failed":
            return waiting?.reject(asError(message.failure));
        }
      });
      const died = (cause: unknown): void => {
        if (current?.worker !== worker) return;
        const message = `The worker of ${name} ended: ${String(cause)}. It may have run out of memory; try smaller weights.`;
        fail(new ControllerError("worker-died", message, { cause }));
      };
      worker.on("error", died);
      worker.on("exit", (code) => died(`exit code ${code}`));
    });
    loaded.catch(() => undefined);
    const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
    return { worker, loaded, exited, giveUp };
  };

  const run = async (request: Request, { transfer = [], signal }: AskOptions): Promise<Answer> => {
    await ending;
    if (closed) throw closed;
    if (signal?.aborted) throw calledOff();
    current ??= launch();
    const { worker, loaded } = current;
    worker.ref();
    try {
      await loaded;
      if (closed) throw closed;
      if (signal?.aborted) throw calledOff();
      return await new Promise<Answer>((resolve, reject) => {
        const stop = (): void => {
          void end();
          reject(calledOff());
        };
        const settle =
          <T>(act: (value: T) => void) =>
          (value: T): void => {
            waiting = undefined;
            signal?.removeEventListener("abort", stop);
            act(value);
          };
        waiting = { resolve: settle(resolve), reject: settle(reject) };
        signal?.addEventListener("abort", stop, { once: true });
        const message: WorkerRequest<Request> = { type: "run", id: nextId++, request };
        worker.postMessage(message, transfer);
      });
    } finally {
      waiting = undefined;
      // An idle worker must not keep the program alive; one that is to end must end before the program does.
      if (current?.worker === worker) worker.unref();
    }
  };

  current = launch();
  let ready: Ready;
  try {
    ready = await current.loaded;
  } finally {
    current?.worker.unref();
  }
  return {
    ready,
    ask(request, askOptions = {}) {
      const { signal } = askOptions;
      if (closed) return Promise.reject(closed);
      if (signal?.aborted) return Promise.reject(calledOff());
      const turn = queue.then(() => run(request, askOptions));
      queue = turn.then(
        () => undefined,
        () => undefined,
      );
      return orCalledOff(turn, signal, calledOff);
    },
    async close() {
      closed ??= new ControllerError("model-failed", `${name} is closed; create it anew.`);
      waiting?.reject(closed);
      current?.giveUp(closed);
      await end();
    },
  };
}

/** One that waits for its turn, or for weights to load, must not wait for them once it is called off. */
function orCalledOff<T>(turn: Promise<T>, signal: AbortSignal | undefined, calledOff: () => Error): Promise<T> {
  if (!signal) return turn;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(calledOff());
    signal.addEventListener("abort", onAbort, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
