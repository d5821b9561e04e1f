import type { Worker } from "node:worker_threads";
import { ControllerError } from "../../src/domain/errors.js";
import type { Frame } from "../../src/domain/frame.js";
import type { CallName, Calls, FromWorker } from "./protocol.js";

/** Calls into the physics thread. */
export interface WorkerLink {
  /** Resolves when the world is built. */
  readonly ready: Promise<void>;
  /** Rejects with `worker-died` when the thread has ended, with `internal` when the call broke. */
  call<Name extends CallName>(name: Name, ask: Calls[Name]["ask"]): Promise<Calls[Name]["answer"]>;
  onFilmFrame(film: number, sink: (frame: Frame) => void): void;
  offFilmFrame(film: number): void;
  /** Safe to call twice. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

const died = (reason: string, cause?: unknown): ControllerError =>
  new ControllerError("worker-died", `The physics thread has ended: ${reason}. Create a new simulation.`, { cause });

export function callWorker(worker: Worker): WorkerLink {
  const waiting = new Map<number, Waiting>();
  const films = new Map<number, (frame: Frame) => void>();
  let nextId = 1;
  let ended: ControllerError | undefined;
  let becomeReady: Waiting | undefined;
  const ready = new Promise<void>((resolve, reject) => (becomeReady = { resolve: () => resolve(), reject }));
  // Whoever awaits `ready` or a call hears of it; nobody needs to.
  ready.catch(() => undefined);

  const end = (error: ControllerError): void => {
    ended ??= error;
    becomeReady?.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (message: FromWorker) => {
    switch (message.type) {
      case "ready":
        return becomeReady?.resolve(undefined);
      case "answer":
        waiting.get(message.id)?.resolve(message.answer);
        return void waiting.delete(message.id);
      case "broken":
        waiting.get(message.id)?.reject(new ControllerError("internal", `Simulation: ${message.message}`));
        return void waiting.delete(message.id);
      case "film-frame":
        return films.get(message.film)?.(message.frame);
    }
  });
  worker.on("error", (error) => end(died(error instanceof Error ? error.message : String(error), error)));
  worker.on("exit", (code) => end(died(`exit code ${code}`)));

  return {
    ready,
    call(name, ask) {
      if (ended) return Promise.reject(ended);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
        worker.postMessage({ id, name, ask });
      });
    },
    onFilmFrame: (film, sink) => void films.set(film, sink),
    offFilmFrame: (film) => void films.delete(film),
    async close() {
      end(died("it was closed"));
      await worker.terminate();
    },
  };
}
