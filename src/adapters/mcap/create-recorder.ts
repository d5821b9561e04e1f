import { mkdir, statfs } from "node:fs/promises";
import { dirname, extname } from "node:path";
import sharp from "sharp";
import type { Action } from "../../domain/action.js";
import { ControllerError } from "../../domain/errors.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { Scene } from "../../domain/scene.js";
import { toJson } from "./json-bytes.js";
import { openMcapFile, type Channel, type McapFile } from "./mcap-file.js";
import {
  annotationsTopic,
  APPROVAL_TOPIC,
  calibrationTopic,
  cameraTopic,
  depthTopic,
  EVENT_TOPIC,
  JOINTS_TOPIC,
  LEVELS,
  LOG_TOPIC,
  PLANNER_PICTURE_TOPIC,
  PLANNER_TOPIC,
  STATE_TOPIC,
  TOOL_TOPIC,
  TRANSFORMS_TOPIC,
  type LogLevel,
  type Recorder,
  type RecorderOptions,
  type RecordingFile,
} from "./recording.types.js";
import { compressedImageSchema, jsonSchemas, type JsonKind } from "./schemas.js";
import {
  cameraCalibration,
  cameraTransform,
  imageAnnotations,
  jointStates,
  robotTransforms,
  toJsonStamp,
  toolPose,
} from "./viewer-messages.js";

/** What waits for longer is written though the chunk is not full: with it a killed process loses less than half a second. */
const FLUSH_MS = 250;
const JPEG_QUALITY = 80;
/** Pictures and bytes that may wait for the disk; when it is slower than what comes, the newest are left out. */
const MAX_WAITING_PICTURES = 30;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
/** A second, with room for a pace that does not divide it. */
const DEPTH_EVERY_MS = 900;
const MOST_MILLIMETRES = 65_535;

const toNanoseconds = (timeMs: number): bigint => BigInt(Math.max(0, Math.round(timeMs * 1000))) * 1000n;

/** Rejects with `recording-failed` when the place cannot be written to. */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const { path, machine, rotate = {}, minFreeBytes = 0, freeBytes = freeOnDisk, onTrouble } = options;
  const files: McapFile[] = [];
  let file: McapFile;
  try {
    await mkdir(dirname(path), { recursive: true });
    file = await openMcapFile(path);
    files.push(file);
  } catch (error) {
    throw recordingFailed(path, error);
  }

  const image = compressedImageSchema();
  const json = jsonSchemas();
  const imageSchema = { name: "foxglove.CompressedImage", encoding: "protobuf", data: image.descriptorSet } as const;
  let openedAtMs = machine?.nowMs() ?? 0;
  let waitingPictures = 0;
  let waitingBytes = 0;
  let leftOut = 0;
  let failure: unknown;
  let endedEarly: string | undefined;
  let cancelFlush: (() => void) | undefined;
  let closing: Promise<RecordingFile> | undefined;
  let queue: Promise<void> = Promise.resolve();
  let missionStart: Extract<HandeyeEvent, { event: "mission-start" }> | undefined;
  let scene: Scene | undefined;
  let plan: readonly Action[] = [];
  const depthToldAtMs = new Map<string, number>();

  const isOver = (): boolean => closing !== undefined || failure !== undefined || endedEarly !== undefined;

  // The file's calls must not overlap, or it is corrupt.
  function enqueue(work: () => Promise<void>): void {
    queue = queue.then(async () => {
      if (failure !== undefined || endedEarly !== undefined) return;
      try {
        await work();
      } catch (error) {
        failure = error;
        onTrouble?.(recordingFailed(file.path, error).message);
      }
    });
  }

  async function add(channel: Channel, data: Uint8Array, timeMs: number): Promise<void> {
    await file.add(channel, data, toNanoseconds(timeMs));
    cancelFlush ??= machine?.after(FLUSH_MS, () => {
      cancelFlush = undefined;
      enqueue(settle);
    });
  }

  /** What is looked after a few times a second: the chunk, the room on the disk, the size of the file. */
  async function settle(): Promise<void> {
    await file.flush();
    if (minFreeBytes > 0 && (await freeBytes(dirname(path))) < minFreeBytes) {
      await file.close();
      endedEarly = `less than ${Math.round(minFreeBytes / 1e6)} MB are free in ${dirname(path)}`;
      onTrouble?.(`The recording ${file.path} ends here: ${endedEarly}. The robot goes on. Free some space.`);
      return;
    }
    const most = missionStart === undefined ? 1 : 2;
    const isLarge = file.bytes > most * (rotate.bytes ?? Infinity);
    const isOld = machine !== undefined && machine.nowMs() - openedAtMs > most * (rotate.ms ?? Infinity);
    if (isLarge || isOld) await turnOver();
  }

  async function turnOver(): Promise<void> {
    await file.close();
    const extension = extname(path);
    const stem = path.slice(0, path.length - extension.length);
    file = await openMcapFile(`${stem}-${String(files.length + 1).padStart(3, "0")}${extension}`);
    files.push(file);
    openedAtMs = machine?.nowMs() ?? 0;
    if (missionStart !== undefined) {
      const data = new TextEncoder().encode(toJson(missionStart));
      await add({ topic: EVENT_TOPIC, encoding: "json", schema: json.event }, data, missionStart.timeMs);
    }
  }

  function addJson(topic: string, kind: JsonKind, message: unknown, timeMs: number): void {
    if (isOver()) return;
    if (waitingBytes > MAX_WAITING_BYTES) {
      leftOut++;
      return;
    }
    // Turned to text now: the caller may go on with the object.
    const data = new TextEncoder().encode(toJson(message));
    waitingBytes += data.byteLength;
    enqueue(async () => {
      waitingBytes -= data.byteLength;
      await add({ topic, encoding: "json", schema: json[kind] }, data, timeMs);
    });
  }

  function addPicture(
    topic: string,
    { frameId, format, timeMs }: { frameId: string; format: string; timeMs: number },
    encode: () => Promise<Uint8Array>,
  ): void {
    if (isOver()) return;
    if (waitingPictures >= MAX_WAITING_PICTURES) {
      leftOut++;
      return;
    }
    waitingPictures++;
    // Encoding begins now, and whatever it throws, at once or later, is a picture that is left out.
    const encoded = (async () => encode())().catch((error: unknown) => {
      leftOut++;
      log("warning", `a picture for ${topic} cannot be encoded: ${String(error)}`, timeMs);
      return undefined;
    });
    const { sec: seconds, nsec: nanos } = toJsonStamp(timeMs);
    enqueue(async () => {
      const data = await encoded;
      waitingPictures--;
      if (data === undefined) return;
      const message = { timestamp: { seconds, nanos }, frame_id: frameId, data, format };
      await add({ topic, encoding: "protobuf", schema: imageSchema }, image.type.encode(message).finish(), timeMs);
    });
  }

  const log = (level: LogLevel, text: string, timeMs: number): void => {
    const timestamp = toJsonStamp(timeMs);
    const message = { timestamp, level: LEVELS[level], message: text, name: "handeye", file: "", line: 0 };
    addJson(LOG_TOPIC, "log", message, timeMs);
  };

  function showScene(seen: Scene, timeMs: number): void {
    const { view } = seen;
    addJson(annotationsTopic(view.camera), "annotations", imageAnnotations(seen, plan), timeMs);
    addJson(calibrationTopic(view.camera), "calibration", cameraCalibration(view), timeMs);
    addJson(TRANSFORMS_TOPIC, "transforms", cameraTransform(view), timeMs);
  }

  return {
    publish(event: HandeyeEvent): void {
      const { timeMs } = event;
      addJson(EVENT_TOPIC, "event", event, timeMs);
      switch (event.event) {
        case "mission-start":
          missionStart = event;
          plan = [];
          return log("info", event.instruction, timeMs);
        case "state":
          return addJson(STATE_TOPIC, "state", { timeMs, task: event.state, safety: event.safety }, timeMs);
        case "scene":
          ({ scene } = event);
          return showScene(scene, timeMs);
        case "plan":
          plan = event.steps;
          if (scene !== undefined) showScene(scene, timeMs);
          return;
        case "plan-verdict":
          if (!event.approved) log("warning", `plan refused: ${event.code ?? ""} ${event.message ?? ""}`, timeMs);
          return;
        case "note":
          return log(event.level, event.text, timeMs);
        case "say":
          return log("info", `says: ${event.text}`, timeMs);
        case "mission-end":
          missionStart = undefined;
          return log("info", `${event.outcome} (${event.grade}): ${event.message}`, timeMs);
        case "action-start":
        case "command":
        case "receipt":
        case "ask":
        case "answer":
          return;
      }
    },
    log,

    frame({ camera, width, height, rgb, depthM, capturedAtMs }): void {
      const about = { frameId: camera, timeMs: capturedAtMs };
      const raw = { width, height, channels: 3 } as const;
      addPicture(cameraTopic(camera), { ...about, format: "jpeg" }, () =>
        sharp(Uint8Array.from(rgb), { raw }).jpeg({ quality: JPEG_QUALITY }).toBuffer(),
      );
      if (depthM === undefined || capturedAtMs - (depthToldAtMs.get(camera) ?? -Infinity) < DEPTH_EVERY_MS) return;
      depthToldAtMs.set(camera, capturedAtMs);
      addPicture(depthTopic(camera), { ...about, format: "png" }, () => encodeDepth(depthM, width, height));
    },

    robot(state, jointNames): void {
      const { timeMs } = state;
      addJson(JOINTS_TOPIC, "joints", jointStates(state, jointNames), timeMs);
      addJson(TOOL_TOPIC, "pose", toolPose(state), timeMs);
      addJson(TRANSFORMS_TOPIC, "transforms", robotTransforms(state), timeMs);
    },

    turn({ picture, ...turn }, timeMs): void {
      addJson(PLANNER_TOPIC, "turn", { timeMs, ...turn }, timeMs);
      if (picture === undefined) return;
      const format = picture.mediaType.replace("image/", "");
      const about = { frameId: scene?.view.camera ?? "head", format, timeMs };
      addPicture(PLANNER_PICTURE_TOPIC, about, () => Promise.resolve(picture.data));
    },

    approval(approval, timeMs): void {
      addJson(APPROVAL_TOPIC, "approval", { timeMs, ...approval }, timeMs);
      log("info", `approval of step ${approval.step} (${approval.reason}): ${approval.answer}`, timeMs);
    },

    close() {
      closing ??= finish();
      return closing;
    },
  };

  async function finish(): Promise<RecordingFile> {
    await queue;
    cancelFlush?.();
    try {
      if (failure !== undefined) throw failure;
      if (endedEarly === undefined) await file.close();
    } catch (error) {
      await file.abandon().catch(() => undefined);
      throw recordingFailed(file.path, error);
    }
    return {
      path,
      files: files.map((each) => each.path),
      messages: files.reduce((sum, { messages }) => sum + messages, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      leftOut,
      ...(endedEarly === undefined ? {} : { endedEarly }),
    };
  }
}

/** Metres as a 16-bit PNG in millimetres, the form in which depth cameras are recorded in ROS (REP 118). */
function encodeDepth(depthM: Float32Array, width: number, height: number): Promise<Uint8Array> {
  const millimetres = new Uint16Array(depthM.length);
  for (let i = 0; i < depthM.length; i++) millimetres[i] = Math.min(MOST_MILLIMETRES, Math.round(depthM[i] * 1000));
  return sharp(millimetres, { raw: { width, height, channels: 1 } })
    .toColourspace("grey16")
    .png({ compressionLevel: 3 })
    .toBuffer();
}

async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function recordingFailed(path: string, cause: unknown): ControllerError {
  if (cause instanceof ControllerError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  const advice =
    code === "ENOSPC" ? "Free some space, or choose another place." : "Choose a place that may be written to.";
  return new ControllerError("recording-failed", `Recording ${path} cannot be written: ${message}. ${advice}`, {
    cause,
    details: { path, ...(code === undefined ? {} : { code }) },
  });
}
