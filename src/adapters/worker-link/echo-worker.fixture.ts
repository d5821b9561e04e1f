import { workerData } from "node:worker_threads";
import { ControllerError } from "../../domain/errors.js";
import { serveWorker } from "./serve-worker.js";

// A worker that does as it is told, for the link's tests.
const { refuse, counter } = workerData as { refuse?: boolean; counter: SharedArrayBuffer };
const started = new Int32Array(counter);

await serveWorker<string, string, number>(() => {
  const count = Atomics.add(started, 0, 1) + 1;
  if (refuse)
    return Promise.reject(new ControllerError("model-missing", "there is no model", { details: { path: "/x" } }));
  return Promise.resolve({
    ready: count,
    run(request) {
      Atomics.add(started, 1, 1);
      if (request === "throw") return Promise.reject(new Error("inside"));
      if (request === "die") setImmediate(() => process.exit(3));
      // "block" and "die" never answer.
      return request === "block" || request === "die" ? new Promise(() => undefined) : Promise.resolve(`${request}!`);
    },
  });
});
