import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { RgbPicture } from "../../ports/model-client.js";
import { spawnWorker } from "../../ports/spawn-worker.js";
import { findProgram, ffmpegPictures } from "./ffmpeg-pictures.js";
import type { ReaderReply, ReaderRequest, ReaderSetup, VideoInfo } from "./reader-messages.js";

export interface VideoPicture {
  /** Milliseconds from the video's start. */
  readonly timeMs: number;
  readonly picture: RgbPicture;
}

/** Moving pictures in an MP4. */
export interface OpenedVideo extends VideoInfo {
  /** In order of time, at most one every `everyS`. Throws `recording-failed` where the file is damaged further on. */
  pictures(options: { readonly everyS: number; readonly signal: AbortSignal }): AsyncGenerator<VideoPicture>;
}

export interface OpenVideoOptions {
  /** Where programs are looked for: the environment's PATH. */
  readonly searchPath: string;
}

/**
 * Opens an MP4. Baseline H.264, which Handeye's own films are, is decoded in a worker thread; what else there is, by the program
 * `ffmpeg` where it is on the PATH. `no-decoder` says what to do where neither can.
 */
export async function openVideo(
  path: string,
  { searchPath }: OpenVideoOptions,
): Promise<Result<OpenedVideo, "bad-clip" | "no-decoder">> {
  const reader = startReader(path);
  const first = await reader.next();
  await reader.close();
  if (first.type === "ready") return ok({ ...first.info, pictures: (options) => decodedPictures(path, options) });
  if (first.type !== "failed") throw new ControllerError("internal", `A video reader said "${first.type}" first.`);
  if (first.code === "bad-clip") return fail("bad-clip", `It cannot be read as a video: ${first.message}.`);
  const program = await findProgram("ffmpeg", searchPath);
  const { info } = first;
  if (program === undefined || info === undefined) {
    return fail(
      "no-decoder",
      `This video is ${first.message}; only baseline H.264 is decoded on board. Install ffmpeg, or convert it: ffmpeg -i in.mp4 -profile:v baseline -pix_fmt yuv420p out.mp4`,
    );
  }
  const paceS = info.durationS / Math.max(1, info.pictureCount);
  return ok({
    ...info,
    pictures: ({ everyS, signal }) => ffmpegPictures({ program, path, everyS: Math.max(everyS, paceS), signal }),
  });
}

async function* decodedPictures(
  path: string,
  { everyS, signal }: { readonly everyS: number; readonly signal: AbortSignal },
): AsyncGenerator<VideoPicture> {
  const reader = startReader(path);
  try {
    if ((await reader.next()).type !== "ready") return;
    // A little early counts as in time: pictures stand at multiples of their pace, rounded.
    for (let fromMs = 0; !signal.aborted;) {
      reader.ask({ type: "next", fromMs });
      const reply = await reader.next();
      if (reply.type === "failed") {
        throw new ControllerError("recording-failed", `The video ${path} cannot be read further: ${reply.message}.`);
      }
      if (reply.type !== "picture") return;
      const { timeMs, width, height, rgb } = reply;
      yield { timeMs, picture: { width, height, rgb } };
      fromMs = timeMs + everyS * 1000 * 0.999 + 0.001;
    }
  } finally {
    await reader.close();
  }
}

/** One question, one reply. */
function startReader(path: string) {
  const workerData: ReaderSetup = { path };
  const worker = spawnWorker(import.meta.url, "./video-reader-worker.js", { workerData });
  const replies: ReaderReply[] = [];
  let waiting: ((reply: ReaderReply) => void) | undefined;
  const take = (reply: ReaderReply): void => {
    if (waiting === undefined) replies.push(reply);
    else waiting(reply);
    waiting = undefined;
  };
  worker.on("message", take);
  worker.on("error", (error: unknown) => {
    take({ type: "failed", code: "bad-clip", message: error instanceof Error ? error.message : String(error) });
  });
  return {
    next: (): Promise<ReaderReply> => {
      const reply = replies.shift();
      return reply === undefined ? new Promise((resolve) => (waiting = resolve)) : Promise.resolve(reply);
    },
    ask: (request: ReaderRequest): void => worker.postMessage(request),
    close: async (): Promise<void> => void (await worker.terminate()),
  };
}
