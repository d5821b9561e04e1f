import { decodePicture } from "../../adapters/picture/decode-picture.js";
import type { Frame } from "../../domain/frame.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { MediaFailure } from "../../skill-kit/index.js";
import { assumedFrame } from "./assumed-view.js";

/** 48 megapixels. More is no photograph of a scene, and a bomb at worst. */
export const MAX_PIXELS = 48_000_000;

/** Bytes of a picture file as a frame with an assumed calibration. */
export async function decode(bytes: Uint8Array, origin: string): Promise<Result<Frame, MediaFailure>> {
  if (bytes.length === 0) return fail("bad-picture", `${origin} has no bytes; expected a picture.`);
  try {
    return ok(assumedFrame(await decodePicture(bytes, MAX_PIXELS)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/pixel limit/i.test(reason)) {
      return fail(
        "too-large",
        `${origin} has more than ${MAX_PIXELS / 1e6} megapixels. Make it smaller and try again.`,
      );
    }
    return fail(
      "bad-picture",
      `${origin} cannot be read as a picture (${reason}). Expected JPEG, PNG, WebP, TIFF or GIF.`,
    );
  }
}
