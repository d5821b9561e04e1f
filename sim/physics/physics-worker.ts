import { parentPort, workerData } from "node:worker_threads";
import type { Frame } from "../../src/domain/frame.js";
import { composePoses } from "../../src/domain/geometry/pose.js";
import { createSceneRenderer, intrinsicsFor } from "../render/index.js";
import { cameraView, type Gaze } from "./camera-rig.js";
import { createControlBlock } from "./control-block.js";
import { createDepthNoise } from "./depth-noise.js";
import { createMotions, isGripping, toolPoseInBase, type Drive, type Motions } from "./motions.js";
import type {
  BaseVelocity,
  BodyJoints,
  CallName,
  CameraName,
  FilmRequest,
  FromWorker,
  Request,
  WorkerData,
} from "./protocol.js";
import { createStepLoop } from "./step-loop.js";
import { createContactLog } from "./contact-log.js";
import { takeSnapshot } from "./take-snapshot.js";
import type { FrameTruth } from "./truth.js";
import { createWorld, TIMESTEP_S } from "./world.js";

/** Delivered head frames whose truth is kept. */
const KEPT_TRUTHS = 6;
const IDLE_TICK_MS = 15;

interface Film {
  readonly camera: CameraName;
  readonly everySteps: number;
  readonly depthEverySteps: number;
  sequence: number;
}

/** Answers calls for one simulated robot: physics, pictures and truth in one thread of their own. */
async function serve(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("physics-worker runs as a worker thread; start it with createSimulation.");
  const { config, control: buffer } = workerData as WorkerData;
  const control = createControlBlock(buffer);
  const { scene } = config;
  const world = await createWorld(scene);
  const renderer = createSceneRenderer(scene);
  const addDepthNoise = createDepthNoise();
  const gaze = { current: { panRad: 0, tiltRad: 0 } satisfies Gaze as Gaze };
  const films = new Map<number, Film>();
  const sequences = { head: 0, wrist: 0 };
  const truths: FrameTruth[] = [];
  const timeMs = (): number => control.steps() * TIMESTEP_S * 1000;
  const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

  const picture = (
    camera: CameraName,
    sequence: number,
  ): { frame: Frame; instanceIds: Uint8Array; exact: Float32Array } => {
    const { width, height } = scene.headCamera;
    const view = cameraView(camera, scene.headCamera, { gaze: gaze.current, handInBase: world.handPoseInBase() });
    const intrinsics = intrinsicsFor({ width, height, horizontalFovRad: view.horizontalFovRad });
    const poseInWorld = camera === "room" ? view.pose : composePoses(world.bodyPose("base"), view.pose);
    // Noise follows the simulated time, not the number of pictures: who else looks changes nothing.
    const noiseSeed = control.steps();
    const rendered = renderer.render({ width, height, intrinsics, poseInWorld, noiseSeed }, world.bodyPoses());
    const exact = rendered.depthM.slice();
    const frame: Frame = {
      camera,
      sequence,
      capturedAtMs: timeMs(),
      width,
      height,
      intrinsics,
      rgb: rendered.rgb.slice(),
      poseInBase: view.pose,
    };
    return { frame, instanceIds: rendered.instanceIds, exact };
  };

  const contact = createContactLog();
  const deliver = (camera: "head" | "wrist"): Frame => {
    const { frame, instanceIds, exact } = picture(camera, ++sequences[camera]);
    if (camera === "head") {
      const { sequence, width, height } = frame;
      truths.push({
        sequence,
        width,
        height,
        instanceIds: instanceIds.slice(),
        names: renderer.instances.map(({ name }) => name),
        depthM: exact,
        snapshot: takeSnapshot(world, timeMs(), contact.hardest()),
      });
      if (truths.length > KEPT_TRUTHS) truths.shift();
    }
    if (config.depth === "none") return frame;
    const depthM = exact.slice();
    addDepthNoise(depthM, scene.seed * 7919 + control.steps());
    return { ...frame, depthM };
  };

  const onStep = (): void => {
    contact.add(world.bumpForce());
    for (const [film, { camera, everySteps, depthEverySteps, sequence }] of films) {
      if (control.steps() % everySteps !== 0) continue;
      films.set(film, { camera, everySteps, depthEverySteps, sequence: sequence + 1 });
      const { frame, exact } = picture(camera, sequence + 1);
      const withDepth = config.depth !== "none" && control.steps() % depthEverySteps === 0;
      if (withDepth) addDepthNoise(exact, scene.seed * 7919 + control.steps());
      const filmed = withDepth ? { ...frame, depthM: exact } : frame;
      post({ type: "film-frame", film, frame: filmed }, buffersOf(filmed));
    }
  };

  const loop = createStepLoop({ world, control, rate: config.rate, nowMs: () => performance.now(), onStep });
  const drive: Drive = { velocity: { xMps: 0, yMps: 0, yawRadps: 0 }, seconds: 0 };
  const motions: Motions = createMotions({ world, loop, gaze, drive });
  const calls: { [Name in CallName]: (ask: never) => unknown } = {
    ...motions,
    state: () => ({
      timeMs: timeMs(),
      jointPositions: world.jointPositions(),
      toolPoseInBase: toolPoseInBase(world),
      basePoseInOdom: world.basePose(),
      gripper: {
        widthM: world.gripperWidth(),
        inContact: isGripping(world),
        moving: Math.abs(world.gripperSpeed()) > 0.003,
      },
      stopped: control.isHalted(),
    }),
    "drive-velocity": (asked: { velocity: BaseVelocity; seconds: number }) => void Object.assign(drive, asked),
    joints: (): BodyJoints => {
      const { yawRad, ...at } = world.basePose();
      const [vx, vy, yawRadps] = world.baseVelocity();
      const [cos, sin] = [Math.cos(yawRad), Math.sin(yawRad)];
      return {
        timeMs: timeMs(),
        arm: { positions: world.jointPositions(), velocities: world.jointVelocities() },
        gripper: { widthM: world.gripperWidth(), speedMps: world.gripperSpeed(), inContact: isGripping(world) },
        gaze: { ...gaze.current },
        basePoseInOdom: { ...at, yawRad },
        baseVelocity: { xMps: cos * vx + sin * vy, yMps: cos * vy - sin * vx, yawRadps },
      };
    },
    frame: ({ camera }: { camera: "head" | "wrist" }) => deliver(camera),
    snapshot: () => takeSnapshot(world, timeMs(), contact.hardest()),
    "frame-truth": ({ sequence }: { sequence: number }) => truths.find((truth) => truth.sequence === sequence),
    film: ({ film, camera, everyS, depthEveryS = Infinity }: FilmRequest): void => {
      const everySteps = Math.max(1, Math.round(everyS / TIMESTEP_S));
      // Depth comes with a picture or not at all.
      const depthEverySteps = everySteps * Math.max(1, Math.round(depthEveryS / everyS));
      films.set(film, { camera, everySteps, depthEverySteps, sequence: 0 });
    },
    "end-film": ({ film }: { film: number }) => void films.delete(film),
  };

  port.on("message", ({ id, name, ask }: Request) => {
    void (async () => calls[name](ask as never))().then(
      (answer) => post({ type: "answer", id, answer }, buffersOf(answer)),
      (error: unknown) => post({ type: "broken", id, message: error instanceof Error ? error.message : String(error) }),
    );
  });
  if (config.rate !== undefined) setInterval(() => loop.idle(), IDLE_TICK_MS);
  post({ type: "ready" });
}

/** A frame's pixels change hands instead of being copied. The truth's are kept, so they are copied. */
function buffersOf(answer: unknown): ArrayBuffer[] {
  if (typeof answer !== "object" || answer === null || !("rgb" in answer)) return [];
  const { rgb, depthM } = answer as Frame;
  return [rgb, depthM].flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []));
}

await serve();
