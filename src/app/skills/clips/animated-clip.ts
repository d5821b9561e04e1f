import { openAnimatedPicture } from "../../../adapters/picture/animated-picture.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { ClipPicture, MediaFailure, OpenedClip } from "../../../skill-kit/index.js";
import { assumedFrame } from "../assumed-view.js";
import { MAX_PIXELS } from "../decode-frame.js";

/** More pages are no short animation. */
const MOST_PAGES = 5_000;

/** An animated GIF or WebP. */
export async function openAnimatedClip(
  bytes: Uint8Array,
  { origin, signal }: { readonly origin: string; readonly signal: AbortSignal },
): Promise<Result<OpenedClip, MediaFailure>> {
  try {
    const animation = await openAnimatedPicture(bytes, MAX_PIXELS);
    const { pages, durationS, startsMs } = animation;
    if (pages < 2) return fail("bad-clip", `${origin} is a still picture. Give it as a picture instead.`);
    if (pages > MOST_PAGES)
      return fail("too-large", `${origin} has ${pages} pictures; at most ${MOST_PAGES} are read.`);
    return ok({
      origin,
      durationS,
      async *pictures({ everyS = 0 } = {}): AsyncGenerator<ClipPicture> {
        let nextMs = 0;
        for (let page = 0; page < pages && !signal.aborted; page++) {
          const timeMs = startsMs[page];
          if (timeMs < nextMs) continue;
          nextMs = timeMs + everyS * 1000 * 0.999;
          const frame = { ...assumedFrame(await animation.page(page)), sequence: page + 1, capturedAtMs: timeMs };
          yield { timeMs, frame, calibrated: false };
        }
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/pixel limit/iu.test(reason)) {
      return fail(
        "too-large",
        `${origin} has more than ${MAX_PIXELS / 1e6} megapixels. Make it smaller and try again.`,
      );
    }
    return fail("bad-clip", `${origin} cannot be read as an animated picture (${reason}).`);
  }
}
