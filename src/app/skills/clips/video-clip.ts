import { openVideo } from "../../../adapters/video/index.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { ClipPicture, MediaFailure, OpenedClip } from "../../../skill-kit/index.js";
import { assumedFrame } from "../assumed-view.js";
import { MAX_PIXELS } from "../decode-frame.js";

/** An MP4. Baseline H.264 is decoded on board; anything else, by ffmpeg where it is on the PATH. */
export async function openVideoClip(
  path: string,
  {
    origin,
    signal,
    searchPath,
  }: { readonly origin: string; readonly signal: AbortSignal; readonly searchPath: string },
): Promise<Result<OpenedClip, MediaFailure>> {
  const video = await openVideo(path, { searchPath });
  if (!video.ok) return fail(video.code, `${origin}: ${video.message}`);
  const opened = video.value;
  const { width, height, durationS } = opened;
  if (width * height > MAX_PIXELS) {
    return fail("too-large", `${origin} has more than ${MAX_PIXELS / 1e6} megapixels. Make it smaller and try again.`);
  }
  return ok({
    origin,
    durationS,
    async *pictures({ everyS = 0 } = {}): AsyncGenerator<ClipPicture> {
      let sequence = 0;
      for await (const { timeMs, picture } of opened.pictures({ everyS, signal })) {
        if (signal.aborted) return;
        sequence++;
        yield { timeMs, frame: { ...assumedFrame(picture), sequence, capturedAtMs: timeMs }, calibrated: false };
      }
    },
  });
}
