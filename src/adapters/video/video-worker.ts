import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import h264 from "h264-mp4-encoder";
import { createOverlayFonts, drawOverlay } from "../overlay/index.js";
import type { VideoReply, VideoRequest, VideoSetup } from "./video-messages.js";

// Draws overlays and encodes, away from the thread that controls the robot: a frame takes around ten milliseconds.
const port = parentPort;
if (port === null) throw new Error("video-worker.js runs as a worker thread of createVideoWriter only.");
const setup = workerData as VideoSetup;
const reply = (message: VideoReply): void => port.postMessage(message);

try {
  await serve(port);
} catch (error) {
  fail(error);
}

async function serve(inbox: NonNullable<typeof parentPort>): Promise<void> {
  const { path, temporaryPath, width, height, fps } = setup;
  mkdirSync(dirname(path), { recursive: true });
  // Opened before the first frame: an unwritable place is told at once, not after the mission.
  const growsAt = isReplaceable(path) ? temporaryPath : path;
  const file = openSync(growsAt, "w");
  const encoder = await h264.createH264MP4Encoder();
  Object.assign(encoder, {
    width,
    height,
    frameRate: fps,
    quantizationParameter: 24,
    speed: 8,
    groupOfPictures: 2 * fps,
  });
  encoder.initialize();
  const fonts = createOverlayFonts(width);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  let lastPixels: Uint8Array = new Uint8Array(width * height * 3);
  let frames = 0;

  inbox.on("message", (request: VideoRequest) => {
    try {
      if (request.type === "close") finish();
      else add(request);
    } catch (error) {
      fail(error);
      inbox.close();
    }
  });
  reply({ type: "ready" });

  function add({ pixels, overlay, times }: Extract<VideoRequest, { type: "frame" }>): void {
    if (pixels) lastPixels = pixels;
    const drawn = overlay ? drawOverlay({ width, height, rgb: toRgb(lastPixels) }, overlay, fonts) : lastPixels;
    const step = drawn.length === width * height * 4 ? 4 : 3;
    for (let from = 0, to = 0; to < rgba.length; from += step, to += 4) {
      rgba[to] = drawn[from];
      rgba[to + 1] = drawn[from + 1];
      rgba[to + 2] = drawn[from + 2];
    }
    for (let i = 0; i < times; i++) encoder.addFrameRgba(rgba);
    frames += times;
    reply({ type: "done" });
  }

  function toRgb(pixels: Uint8Array): Uint8Array {
    if (pixels.length === width * height * 3) return pixels;
    const rgb = new Uint8Array(width * height * 3);
    for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) rgb.set(pixels.subarray(from, from + 3), to);
    return rgb;
  }

  function finish(): void {
    encoder.finalize();
    const bytes = encoder.FS.readFile(encoder.outputFilename);
    // A full disk may take part of a write and say so only on the next.
    for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
    closeSync(file);
    if (growsAt !== path) renameSync(growsAt, path);
    reply({ type: "closed", frames, bytes: bytes.length });
    encoder.delete();
    inbox.close();
  }
}

/** A device or a pipe is written to: renaming a file over it would put the file in its place. */
function isReplaceable(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
}

function fail(error: unknown): void {
  try {
    rmSync(setup.temporaryPath, { force: true });
  } catch {
    // The folder is as unwritable as the file; the first error is the one to tell.
  }
  const { code, message } = error as NodeJS.ErrnoException;
  reply({ type: "failed", message: message ?? String(error), ...(code === undefined ? {} : { code }) });
}
