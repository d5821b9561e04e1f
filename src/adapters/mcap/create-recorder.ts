import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { McapWriter } from "@mcap/core";
import sharp from "sharp";
import { ControllerError } from "../../domain/errors.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { Frame } from "../../domain/frame.js";
import type { EventSink } from "../../ports/event-sink.js";
import { toJson } from "./json-bytes.js";
import { compressedImageSchema, eventSchema, logSchema } from "./schemas.js";

export const EVENT_TOPIC = "/events";
export const LOG_TOPIC = "/log";
export const cameraTopic = (camera: string): string => `/camera/${camera}`;

export interface RecordingFile {
  readonly path: string;
  readonly messages: number;
  readonly bytes: number;
}

/** Foxglove's log levels. */
const LEVELS = { debug: 1, info: 2, warning: 3, error: 4 } as const;
export type LogLevel = keyof typeof LEVELS;

/**
 * A recording in the making: an MCAP file that grows while the mission runs, so that a crash loses the last third of a second and no
 * more. Never throws into the mission; what goes wrong is told by `close`.
 */
export interface Recorder extends EventSink {
  /** One camera picture, kept as JPEG on `/camera/<name>`. The bytes are copied. */
  frame(frame: Pick<Frame, "camera" | "width" | "height" | "rgb" | "capturedAtMs">): void;
  log(level: LogLevel, text: string, timeMs: number): void;
  /** Writes what is pending and the index. Rejects with `recording-failed`. Safe to call twice. */
  close(): Promise<RecordingFile>;
}

/** At 256 KB a killed process loses 0.3 s; the library's default of 1 MB loses two seconds. */
const CHUNK_BYTES = 256 * 1024;
const JPEG_QUALITY = 80;
/** Pictures that may wait for the disk; when it is slower than the camera, newer ones are left out. */
const MAX_WAITING_FRAMES = 30;

const toNanoseconds = (timeMs: number): bigint => BigInt(Math.max(0, Math.round(timeMs * 1000))) * 1000n;
const toStamp = (timeMs: number): { seconds: number; nanos: number } => {
  const nanoseconds = toNanoseconds(timeMs);
  return { seconds: Number(nanoseconds / 1_000_000_000n), nanos: Number(nanoseconds % 1_000_000_000n) };
};

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

/** Rejects with `recording-failed` when the place cannot be written to. An existing file is replaced. */
export async function createRecorder({ path }: { readonly path: string }): Promise<Recorder> {
  let file: FileHandle;
  try {
    await mkdir(dirname(path), { recursive: true });
    file = await open(path, "w");
  } catch (error) {
    throw recordingFailed(path, error);
  }

  let position = 0n;
  const writer = new McapWriter({
    chunkSize: CHUNK_BYTES,
    writable: {
      position: () => position,
      async write(bytes) {
        for (let offset = 0; offset < bytes.byteLength;) {
          offset += (await file.write(bytes, offset, bytes.byteLength - offset)).bytesWritten;
        }
        position += BigInt(bytes.byteLength);
      },
    },
  });
  const image = compressedImageSchema();
  const channels = new Map<string, number>();
  let imageSchemaId = 0;
  let sequence = 0;
  let waitingFrames = 0;
  let failure: unknown;
  let closing: Promise<RecordingFile> | undefined;
  let queue: Promise<void> = start();

  async function start(): Promise<void> {
    try {
      await writer.start({ profile: "", library: "handeye" });
      const json = { encoding: "jsonschema" };
      const eventId = await writer.registerSchema({ ...json, name: "handeye.Event", data: eventSchema() });
      const logId = await writer.registerSchema({ ...json, name: "foxglove.Log", data: logSchema() });
      imageSchemaId = await writer.registerSchema({
        name: "foxglove.CompressedImage",
        encoding: "protobuf",
        data: image.descriptorSet,
      });
      await openChannel(EVENT_TOPIC, "json", eventId);
      await openChannel(LOG_TOPIC, "json", logId);
    } catch (error) {
      failure = error;
    }
  }

  async function openChannel(topic: string, messageEncoding: string, schemaId: number): Promise<number> {
    const known = channels.get(topic);
    if (known !== undefined) return known;
    const id = await writer.registerChannel({ topic, messageEncoding, schemaId, metadata: new Map() });
    channels.set(topic, id);
    return id;
  }

  // The writer's calls must not overlap, or the file is corrupt.
  function enqueue(work: () => Promise<void>): void {
    queue = queue.then(async () => {
      if (failure !== undefined) return;
      try {
        await work();
      } catch (error) {
        failure = error;
      }
    });
  }

  async function add(channelId: number, data: Uint8Array, timeMs: number): Promise<void> {
    const time = toNanoseconds(timeMs);
    await writer.addMessage({ channelId, sequence: sequence++, logTime: time, publishTime: time, data });
  }

  const addJson = (topic: string, message: unknown, timeMs: number): void => {
    if (closing) return;
    // Turned to text now: the caller may go on with the object.
    const data = new TextEncoder().encode(toJson(message));
    enqueue(async () => add(channels.get(topic) ?? 0, data, timeMs));
  };

  const log = (level: LogLevel, text: string, timeMs: number): void => {
    const { seconds, nanos } = toStamp(timeMs);
    const timestamp = { sec: seconds, nsec: nanos };
    addJson(LOG_TOPIC, { timestamp, level: LEVELS[level], message: text, name: "handeye", file: "", line: 0 }, timeMs);
  };

  return {
    publish(event: HandeyeEvent): void {
      addJson(EVENT_TOPIC, event, event.timeMs);
      if (event.event === "note") log(event.level, event.text, event.timeMs);
      if (event.event === "say") log("info", `says: ${event.text}`, event.timeMs);
      if (event.event === "mission-end")
        log("info", `${event.outcome} (${event.grade}): ${event.message}`, event.timeMs);
    },
    log,

    frame({ camera, width, height, rgb, capturedAtMs }): void {
      if (closing || waitingFrames >= MAX_WAITING_FRAMES) return;
      waitingFrames++;
      const raw = { width, height, channels: 3 } as const;
      const jpeg = sharp(Uint8Array.from(rgb), { raw }).jpeg({ quality: JPEG_QUALITY }).toBuffer();
      // Its error is met in the queue; until then nobody else looks at it.
      jpeg.catch(() => undefined);
      enqueue(async () => {
        try {
          const channel = await openChannel(cameraTopic(camera), "protobuf", imageSchemaId);
          const message = { timestamp: toStamp(capturedAtMs), frame_id: camera, data: await jpeg, format: "jpeg" };
          await add(channel, image.type.encode(message).finish(), capturedAtMs);
        } finally {
          waitingFrames--;
        }
      });
    },

    close() {
      closing ??= finish();
      return closing;
    },
  };

  async function finish(): Promise<RecordingFile> {
    await queue;
    try {
      if (failure !== undefined) throw failure;
      await writer.end();
      return { path, messages: sequence, bytes: Number(position) };
    } catch (error) {
      throw recordingFailed(path, error);
    } finally {
      await file.close();
    }
  }
}
