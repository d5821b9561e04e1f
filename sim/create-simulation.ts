import { ControllerError } from "../src/domain/errors.js";
import type { Frame } from "../src/domain/frame.js";
import type { Camera } from "../src/ports/camera.js";
import type { Clock } from "../src/ports/clock.js";
import { spawnWorker } from "../src/ports/spawn-worker.js";
import { callWorker } from "./physics/call-worker.js";
import { createControlBlock } from "./physics/control-block.js";
import type { CameraName, WorkerData } from "./physics/protocol.js";
import type { SimTruth } from "./physics/truth.js";
import type { SceneSpec } from "./scenes/scene-spec.js";
import { createSimCamera } from "./sim-camera.js";
import { createSimRobot, type SimRobot } from "./sim-robot.js";
import { TIMESTEP_S } from "./worlds/world-xml.js";

export interface SimulationOptions {
  readonly scene: SceneSpec;
  /** Gives up building the world, and closes it later on. */
  readonly signal?: AbortSignal;
  /**
   * Simulated seconds per second. Absent: motions run as fast as they can and time stands still in between; given, the world
   * also goes on while nothing is commanded.
   */
  readonly rate?: number;
  /** Whether frames carry measured depth. Default: `sensor`. */
  readonly depth?: "sensor" | "none";
}

export interface FilmOptions {
  /** Simulated seconds between frames; frames are only taken while time runs. */
  readonly everyS: number;
  /** Simulated seconds between frames with depth, as the sensor measures it; absent: frames come without. */
  readonly depthEveryS?: number;
  readonly camera: CameraName;
  readonly sink: (frame: Frame) => void;
}

/** One robot in one scene, in a thread of its own. */
export interface Simulation {
  readonly scene: SceneSpec;
  readonly robot: SimRobot;
  readonly head: Camera;
  readonly wrist: Camera;
  /** For scoring, labels and the oracle only. */
  readonly truth: SimTruth;
  /** Simulated time since the start. */
  readonly clock: Clock;
  /** Films every motion; does not change what happens. Returns how to end it. */
  readonly film: (options: FilmOptions) => () => void;
  /** Physics steps carried out between the last halt and its zero command; undefined while there has been none. */
  readonly stopProbe: () => number | undefined;
  /** Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Builds the scene's world and resolves when everything in it has come to rest. */
export async function createSimulation(options: SimulationOptions): Promise<Simulation> {
  const { scene, signal, rate, depth = "sensor" } = options;
  if (signal?.aborted) throw new ControllerError("aborted", "Building the simulation was aborted.");
  if (rate !== undefined && !(rate > 0)) {
    throw new ControllerError("bad-input", `Expected a rate above 0, found ${rate}. Leave it out for full speed.`);
  }
  const control = createControlBlock();
  const data: WorkerData = {
    config: { scene, depth, ...(rate === undefined ? {} : { rate }) },
    control: control.buffer,
  };
  const link = callWorker(spawnWorker(import.meta.url, "./physics/physics-worker.js", { workerData: data }));
  const clock: Clock = { nowMs: () => control.steps() * TIMESTEP_S * 1000 };
  const robot = createSimRobot(link, control);
  const camera = (name: "head" | "wrist"): Camera =>
    createSimCamera(link, { name, hasDepth: depth === "sensor", clock });
  const [head, wrist] = [camera("head"), camera("wrist")];
  let films = 0;

  const close = async (): Promise<void> => {
    signal?.removeEventListener("abort", abort);
    await Promise.all([robot.close(), head.close(), wrist.close()]);
    await link.close();
  };
  const abort = (): void => void close();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await link.ready;
  } catch (cause) {
    await close();
    if (signal?.aborted) throw new ControllerError("aborted", "Building the simulation was aborted.", { cause });
    throw cause;
  }

  return {
    scene,
    robot,
    head,
    wrist,
    truth: {
      snapshot: () => link.call("snapshot", {}),
      instanceIdsFor: (sequence) => link.call("frame-truth", { sequence }),
    },
    clock,
    film({ everyS, depthEveryS, camera: name, sink }) {
      const film = ++films;
      link.onFilmFrame(film, sink);
      // A thread that has ended films nothing more; whoever waits for a motion hears of it.
      link
        .call("film", { film, camera: name, everyS, ...(depthEveryS === undefined ? {} : { depthEveryS }) })
        .catch(() => undefined);
      return () => {
        link.offFilmFrame(film);
        link.call("end-film", { film }).catch(() => undefined);
      };
    },
    stopProbe: () => control.stopDelaySteps(),
    close,
  };
}
