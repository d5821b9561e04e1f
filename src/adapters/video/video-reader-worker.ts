import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import h264decoder from "h264decoder";
import { readMp4, type Mp4Video } from "./read-mp4.js";
import { yuvToRgb } from "./to-rgb.js";
import type { ReaderReply, ReaderRequest, ReaderSetup } from "./reader-messages.js";

// Decodes a video picture by picture, away from the thread that controls the robot.
const port = parentPort;
if (port === null) throw new Error("video-reader-worker.js runs as a worker thread of openVideo only.");
const { path } = workerData as ReaderSetup;
const reply = (message: ReaderReply, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

const BASELINE = 66;
/** The decoder takes a unit of at most this many bytes. */
const MOST_UNIT_BYTES = 1024 * 1024;
const { H264Decoder } = h264decoder;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

try {
  serve(port);
} catch (error) {
  reply({ type: "failed", code: "bad-clip", message: error instanceof Error ? error.message : String(error) });
}

function serve(inbox: NonNullable<typeof parentPort>): void {
  const file = openSync(path, "r");
  const readAt = (offset: number, length: number): Uint8Array => {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
  };
  const video = readMp4(readAt, fstatSync(file).size);
  if (typeof video === "string") {
    reply({ type: "failed", code: "bad-clip", message: video });
    closeSync(file);
    return;
  }
  const { codec, width, height, durationS, h264 } = video;
  const info = { width, height, durationS, pictureCount: video.samples.length };
  if (h264?.profile !== BASELINE || video.samples.some(({ bytes }) => bytes > MOST_UNIT_BYTES)) {
    const what = h264 === undefined ? codec : `H.264, profile ${h264.profile}`;
    reply({ type: "failed", code: "no-decoder", message: what, info });
    closeSync(file);
    return;
  }
  const pictures = decoded(video, h264, readAt);
  inbox.on("message", (request: ReaderRequest) => {
    if (request.type === "close") {
      closeSync(file);
      inbox.close();
      return;
    }
    try {
      for (;;) {
        const next = pictures.next();
        if (next.done === true) {
          reply({ type: "end" });
          return;
        }
        if (next.value.timeMs < request.fromMs) continue;
        const { timeMs, toPicture } = next.value;
        const rgb = toPicture();
        reply({ type: "picture", timeMs, width, height, rgb }, [rgb.buffer]);
        return;
      }
    } catch (error) {
      reply({ type: "failed", code: "bad-clip", message: error instanceof Error ? error.message : String(error) });
    }
  });
  reply({ type: "ready", info });
}

interface Decoded {
  readonly timeMs: number;
  readonly toPicture: () => Uint8Array<ArrayBuffer>;
}

function* decoded(
  { samples, width, height }: Mp4Video,
  { lengthBytes, parameterSets }: NonNullable<Mp4Video["h264"]>,
  readAt: (offset: number, length: number) => Uint8Array,
): Generator<Decoded> {
  const decoder = new H264Decoder();
  // The decoder wants whole access units; parameter sets go in front of the first.
  let parts = parameterSets.flatMap((set) => [START_CODE, set]);
  for (const { offset, bytes, timeS } of samples) {
    const sample = Buffer.from(readAt(offset, bytes));
    for (let at = 0; at + lengthBytes <= sample.length;) {
      const length = sample.readUIntBE(at, lengthBytes);
      at += lengthBytes;
      if (length === 0 || at + length > sample.length) throw new Error("its pictures are damaged");
      parts.push(START_CODE, sample.subarray(at, at + length));
      at += length;
    }
    const unit = Buffer.concat(parts);
    parts = [];
    if (unit.length > MOST_UNIT_BYTES) throw new Error("one of its pictures is too large");
    if (decoder.decode(unit) !== H264Decoder.PIC_RDY) throw new Error("its pictures are damaged");
    yield {
      timeMs: timeS * 1000,
      toPicture: () => yuvToRgb(decoder.pic, { width, height, stride: decoder.width, rows: decoder.height }),
    };
  }
}
