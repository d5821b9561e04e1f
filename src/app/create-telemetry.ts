import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { monotonicMs } from "../adapters/clock/machine-clock.js";
import { createRecorder, type Recorder, type RecordingFile } from "../adapters/mcap/index.js";
import { createMissionFilm } from "../adapters/video/index.js";
import { ControllerError } from "../domain/errors.js";
import type { Frame } from "../domain/frame.js";
import type { Approvals } from "../execution/index.js";
import type { PlannerTurn } from "../planning/model/planner-turn.js";
import type { Body } from "./body.js";
import type { EventBus } from "./event-bus.js";
import type { Launch } from "./launch/launch-schema.js";
import type { Artefact } from "./runtime.js";

export interface Telemetry {
  /** Keeps what a model was asked and what it wrote. */
  turn(turn: PlannerTurn): void;
  /** The same approvals, kept with their answers. */
  recorded(approvals: Approvals): Approvals;
  /** Finishes the files. What went wrong is told, never thrown: a mission does not fail for its film. */
  close(): Promise<readonly Artefact[]>;
}

/**
 * Film and recording as the launch file asks for them. Throws `video-failed` or `recording-failed` at once when the folder cannot
 * be written to, so that nobody watches a whole mission for a film that could not be.
 */
export async function createTelemetry(
  config: Launch["telemetry"],
  { body, bus }: { body: Pick<Body, "film" | "robot" | "clock">; bus: EventBus },
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
  const recorder =
    config.record === undefined ? undefined : await record(config, config.record, { body, bus, endings });
  if (recorder !== undefined) {
    const { path } = recorder;
    finishers.push(() => finish("recording", path, async () => describe(await recorder.close())));
  }
  return {
    turn: (turn) => recorder?.turn(turn, body.clock.nowMs()),
    recorded: (approvals) => ({
      required: (action, scene) => approvals.required(action, scene),
      async ask(request, options) {
        const { step, action, reason } = request;
        const tell = (answer: string): void => recorder?.approval({ step, action, reason, answer }, body.clock.nowMs());
        try {
          const answer = await approvals.ask(request, options);
          tell(answer);
          return answer;
        } catch (error) {
          tell("called off");
          throw error;
        }
      },
    }),
    async close() {
      for (const end of endings) end();
      return Promise.all(finishers.map((run) => run()));
    },
  };
}

async function record(
  { recordFps, rotate, minFreeMb }: Launch["telemetry"],
  file: string,
  { body, bus, endings }: { body: Pick<Body, "film" | "robot" | "clock">; bus: EventBus; endings: (() => void)[] },
): Promise<Recorder & { readonly path: string }> {
  const path = writablePath(file, "recording-failed");
  const recorder = await createRecorder({
    path,
    machine: { ...createMachineTimers(), nowMs: monotonicMs },
    rotate: { bytes: rotate.megabytes * 1e6, ms: rotate.minutes * 60_000 },
    minFreeBytes: minFreeMb * 1e6,
    onTrouble: (text) => bus.publish({ timeMs: body.clock.nowMs(), event: "note", level: "warning", text }),
  });
  const jointNames = body.robot.model.joints.map(({ name }) => name);
  const keep = async (frame: Frame): Promise<void> => {
    recorder.frame(frame);
    try {
      recorder.robot(await body.robot.state(), jointNames);
    } catch {
      // A robot that is not there yet, or not any more, has no joints to tell; its link tells why.
    }
  };
  endings.push(bus.subscribe(recorder));
  endings.push(
    body.film({ camera: "head", everyS: 1 / recordFps, depthEveryS: DEPTH_EVERY_S, sink: (frame) => void keep(frame) }),
  );
  return { ...recorder, path };
}

/** Depth is kept once a second: it is as large as the pictures and changes as slowly as the scene. */
const DEPTH_EVERY_S = 1;

function describe({ files, messages, bytes, leftOut, endedEarly }: RecordingFile): string {
  const parts = [`${messages} messages`, `${(bytes / 1e6).toFixed(1)} MB`];
  if (files.length > 1) parts.push(`in ${files.length} files`);
  if (leftOut > 0) parts.push(`${leftOut} left out: a slow disk, or damaged pictures`);
  if (endedEarly !== undefined) parts.push(`ended early: ${endedEarly}`);
  return parts.join(", ");
}

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
