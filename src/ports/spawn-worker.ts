import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker, type WorkerOptions } from "node:worker_threads";

/**
 * Starts the worker file `path` (written with its `.js` ending) beside the calling module. From compiled code it runs as it
 * is; from TypeScript sources (tests, scripts) its `.ts` runs through the tsx loader.
 */
export function spawnWorker(callerUrl: string, path: string, options: WorkerOptions = {}): Worker {
  if (!callerUrl.endsWith(".ts")) return new Worker(new URL(path, callerUrl), options);
  // Node 20 ignores `--import` in a worker's execArgv, so the loader is registered by a first line of our own.
  const cjs = createRequire(import.meta.url).resolve("tsx/esm/api");
  const loader = pathToFileURL(cjs.replace(/\.cjs$/, ".mjs")).href;
  const entry = new URL(path.replace(/\.js$/, ".ts"), callerUrl).href;
  const bootstrap = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(bootstrap, { ...options, eval: true });
}
