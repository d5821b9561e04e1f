export { openWorker, type AskOptions, type WorkerLink, type WorkerLinkOptions } from "./open-worker.js";
export { serveWorker, type Served } from "./serve-worker.js";
