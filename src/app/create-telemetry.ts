import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createRecorder } from "../adapters/mcap/index.js";
import { createMissionFilm } from "../adapters/video/index.js";
import { ControllerError } from "../domain/errors.js";
import type { Body } from "./body.js";
import type { EventBus } from "./event-bus.js";
import type { Launch } from "./launch/launch-schema.js";
import type { Artefact } from "./runtime.js";

export interface Telemetry {
  /** Finishes the files. What went wrong is told, never thrown: a mission does not fail for its film. */
  close(): Promise<readonly Artefact[]>;
}

/**
 * Film and recording as the launch file asks for them. Throws `video-failed` or `recording-failed` at once when the folder cannot
 * be written to, so that nobody watches a whole mission for a film that could not be.
 */
export async function createTelemetry(
  config: Launch["telemetry"],
  { body, bus }: { body: Pick<Body, "film">; bus: EventBus },
): Promise<Telemetry> {
  const finishers: (() => Promise<Artefact>)[] = [];
  const endings: (() => void)[] = [];

  if (config.video !== undefined) {
    const path = writablePath(config.video, "video-failed");
    const film = createMissionFilm({ path, fps: config.videoFps });
    endings.push(bus.subscribe(film));
    endings.push(
      body.film({
        camera: "head",
        everyS: 1 / config.videoFps,
        sink: (frame) => film.picture(frame, frame.capturedAtMs),
      }),
    );
    finishers.push(() =>
      finish("video", path, async () => {
        const file = await film.close();
        return `${file.durationS.toFixed(1)} s, ${(file.bytes / 1e6).toFixed(1)} MB`;
      }),
    );
  }
  if (config.record !== undefined) {
    const path = writablePath(config.record, "recording-failed");
    const recorder = await createRecorder({ path });
    endings.push(bus.subscribe(recorder));
    endings.push(body.film({ camera: "head", everyS: RECORDED_EVERY_S, sink: (frame) => recorder.frame(frame) }));
    finishers.push(() =>
      finish("recording", path, async () => {
        const file = await recorder.close();
        return `${file.messages} messages, ${(file.bytes / 1e6).toFixed(1)} MB`;
      }),
    );
  }
  return {
    async close() {
      for (const end of endings) end();
      return Promise.all(finishers.map((run) => run()));
    },
  };
}

/** Recordings keep five pictures a second of simulated time: enough to follow, small enough to keep. */
const RECORDED_EVERY_S = 0.2;

async function finish(kind: Artefact["kind"], path: string, run: () => Promise<string>): Promise<Artefact> {
  try {
    return { kind, path, ok: true, message: `${path} (${await run()})` };
  } catch (error) {
    return { kind, path, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The folder `out/` of the working folder is made when it is missing; any other folder has to be there. */
function writablePath(file: string, code: "video-failed" | "recording-failed"): string {
  const path = resolve(file);
  const folder = dirname(path);
  try {
    if (folder === resolve("out")) mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new ControllerError(
      code,
      `${path} cannot be written: the folder ${folder} is not there or not writable. Make it, or name another file.`,
      { cause },
    );
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new ControllerError(code, `${path} cannot be written: it is a folder. Name a file in it.`);
  }
  return path;
}
