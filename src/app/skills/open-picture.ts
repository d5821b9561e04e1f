import { decodePicture } from "../../adapters/picture/decode-picture.js";
import { readRecording } from "../../adapters/mcap/index.js";
import { ControllerError } from "../../domain/errors.js";
import type { Frame } from "../../domain/frame.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { PictureRef } from "../../domain/skill/media-ref.js";
import type { MediaFailure, OpenedPicture } from "../../skill-kit/index.js";
import { cameraOf } from "../survey-recording.js";
import { assumedFrame } from "./assumed-view.js";
import { allowedPath, openFile, type FilePolicy } from "./open-file.js";
import type { SkillStage } from "./skill-stage.js";

/** 48 megapixels. More is no photograph of a scene, and a bomb at worst. */
export const MAX_PIXELS = 48_000_000;

export interface OpenPictureOptions {
  readonly stage: Pick<SkillStage, "picture">;
  readonly policy: FilePolicy;
  readonly signal: AbortSignal;
}

/** A picture from wherever the reference says, as a frame. Files have no calibration: one is assumed. */
export async function openPicture(
  ref: PictureRef,
  options: OpenPictureOptions,
): Promise<Result<OpenedPicture, MediaFailure>> {
  const { stage, policy, signal } = options;
  if (typeof ref === "object" && "camera" in ref) {
    try {
      return ok({ frame: await stage.picture(ref.camera, signal), origin: `${ref.camera} camera`, calibrated: true });
    } catch (error) {
      if (error instanceof ControllerError && error.code !== "aborted")
        return fail("camera-unavailable", error.message);
      throw error;
    }
  }
  if (typeof ref === "object" && "recording" in ref) return pictureOfRecording(ref, policy);
  const file = await openFile(ref, policy);
  if (!file.ok) return file;
  const decoded = await decode(file.value.bytes, file.value.origin);
  return decoded.ok ? ok({ frame: decoded.value, origin: file.value.origin, calibrated: false }) : decoded;
}

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

async function pictureOfRecording(
  { recording, atS }: { readonly recording: string; readonly atS: number },
  policy: FilePolicy,
): Promise<Result<OpenedPicture, MediaFailure>> {
  const path = await allowedPath(recording, policy);
  if (!path.ok) return path;
  let startMs: number | undefined;
  let best: Uint8Array | undefined;
  try {
    for await (const { topic, timeMs, message } of readRecording(path.value)) {
      startMs ??= timeMs;
      if (timeMs - startMs > atS * 1000 && best !== undefined) break;
      if (cameraOf(topic) === "head") best = (message as { readonly data: Uint8Array }).data;
    }
  } catch (error) {
    if (error instanceof ControllerError) return fail("bad-clip", error.message);
    throw error;
  }
  const origin = `${recording} at ${atS} s`;
  if (best === undefined) return fail("not-found", `${recording} has no picture of the head camera.`);
  const decoded = await decode(best, origin);
  return decoded.ok ? ok({ frame: decoded.value, origin, calibrated: false }) : decoded;
}
