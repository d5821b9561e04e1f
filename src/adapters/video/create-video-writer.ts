import { ControllerError } from "../../domain/errors.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import type { OverlayState } from "../overlay/index.js";
import type { VideoReply, VideoRequest, VideoSetup } from "./video-messages.js";

export interface VideoFile {
  readonly path: string;
  readonly frames: number;
  readonly bytes: number;
  readonly durationS: number;
}

export interface AddOptions {
  /** Drawn over the picture, in the worker. */
  readonly overlay?: OverlayState;
  /** How often the picture is written; more than once holds it. Default 1. */
  readonly times?: number;
}

/** An MP4 in the making (H.264). Errors are `video-failed`; after the first one further calls reject with the same. */
export interface VideoWriter {
  readonly width: number;
  readonly height: number;
  /** Adds one picture, RGB or RGBA, row-major; the bytes are copied. Resolves when there is room for the next. */
  add(pixels: Uint8Array, options?: AddOptions): Promise<void>;
  /** The last picture again, with another overlay. */
  repeat(options: AddOptions): Promise<void>;
  /** Finishes the file, which appears under its name only now and only whole. Safe to call twice. */
  close(): Promise<VideoFile>;
}

export interface VideoOptions {
  readonly path: string;
  /** Of the pictures that `add` gets. An odd last column or row is cut off: H.264 has none. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/** Requests on their way to the worker before `add` waits: memory stays bounded when encoding is slower than filming. */
const MAX_PENDING = 12;

function whatToDo(code: string | undefined): string {
  if (code === "ENOSPC" || code === "EDQUOT") return "Free some space, or choose another place.";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "Choose a place that may be written to.";
  if (code === "EISDIR" || code === "ENOTDIR" || code === "EEXIST")
    return "Name a file in a folder, for example run.mp4.";
  return "Try another path, or go without a video.";
}

/**
 * Starts a worker thread that encodes. Rejects with `video-failed` when the place cannot be written to.
 * Width and height are at least 16 pixels.
 */
export async function createVideoWriter({ path, width, height, fps }: VideoOptions): Promise<VideoWriter> {
  if (!(width >= 16 && height >= 16 && fps >= 1)) {
    throw new ControllerError(
      "video-failed",
      `A video needs at least 16 x 16 pixels and 1 frame a second, not ${width} x ${height} at ${fps}.`,
    );
  }
  const setup: VideoSetup = { path, temporaryPath: `${path}.part`, width: width & ~1, height: height & ~1, fps };
  const worker = spawnWorker(import.meta.url, "./video-worker.js", { workerData: setup });
  const closed = deferred<VideoFile>();
  const ready = deferred<void>();
  // Whoever waits for one of them sees the error; nobody has to wait for both.
  closed.promise.catch(() => undefined);
  ready.promise.catch(() => undefined);
  let pending = 0;
  let waiting: (() => void)[] = [];
  let failure: ControllerError | undefined;
  let closing = false;

  const release = (): void => {
    for (const resume of waiting) resume();
    waiting = [];
  };
  const breakWith = (message: string, options: { code?: string; cause?: unknown } = {}): void => {
    failure ??= new ControllerError(
      "video-failed",
      `Video ${path} cannot be written: ${message}. ${whatToDo(options.code)}`,
      {
        cause: options.cause,
        details: { path, ...(options.code === undefined ? {} : { code: options.code }) },
      },
    );
    ready.reject(failure);
    closed.reject(failure);
    release();
  };

  worker.on("message", (reply: VideoReply) => {
    switch (reply.type) {
      case "ready":
        ready.resolve();
        return;
      case "done":
        pending--;
        release();
        return;
      case "closed":
        closed.resolve({ path, frames: reply.frames, bytes: reply.bytes, durationS: reply.frames / fps });
        return;
      case "failed":
        breakWith(reply.message, reply);
        return;
    }
  });
  worker.on("error", (cause) => breakWith(cause instanceof Error ? cause.message : String(cause), { cause }));
  worker.on("exit", (code) => breakWith(`the encoder's thread ended (exit code ${code})`));

  try {
    await ready.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }

  async function room(): Promise<void> {
    if (pending <= MAX_PENDING || failure) return;
    await new Promise<void>((resume) => waiting.push(resume));
    return room();
  }

  async function send(request: VideoRequest, transfer: ArrayBuffer[] = []): Promise<void> {
    if (failure) throw failure;
    if (closing) throw new ControllerError("video-failed", `Video ${path} is closed; no more frames can be added.`);
    pending++;
    worker.postMessage(request, transfer);
    await room();
    if (failure) throw failure;
  }

  return {
    width: setup.width,
    height: setup.height,
    add(pixels, { overlay, times = 1 } = {}) {
      const copy = cropToEven(pixels, width, height);
      return send({ type: "frame", pixels: copy, times, ...(overlay && { overlay }) }, [copy.buffer]);
    },
    repeat: ({ overlay, times = 1 }) => send({ type: "frame", times, ...(overlay && { overlay }) }),
    async close() {
      if (!closing) {
        closing = true;
        worker.postMessage({ type: "close" } satisfies VideoRequest);
      }
      try {
        return await closed.promise;
      } finally {
        await worker.terminate();
      }
    },
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Promise.withResolvers, which Node 20 lacks. */
function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, "resolve" | "reject"> | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) };
}

/** A copy without the odd last column and row. */
function cropToEven(pixels: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const channels = pixels.length / (width * height);
  if (channels !== 3 && channels !== 4) {
    throw new ControllerError(
      "video-failed",
      `A picture of ${width} x ${height} has ${width * height * 3} bytes (RGB) or ${width * height * 4} (RGBA), not ${pixels.length}.`,
    );
  }
  if (((width | height) & 1) === 0) return new Uint8Array(pixels);
  const [evenWidth, evenHeight] = [width & ~1, height & ~1];
  const cropped = new Uint8Array(evenWidth * evenHeight * channels);
  for (let y = 0; y < evenHeight; y++) {
    const row = pixels.subarray(y * width * channels, (y * width + evenWidth) * channels);
    cropped.set(row, y * evenWidth * channels);
  }
  return cropped;
}
