import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { PictureRef } from "../../domain/skill/media-ref.js";
import type { MediaFailure, OpenedPicture } from "../../skill-kit/index.js";
import { openRecordedPicture } from "./clips/recorded-clip.js";
import { decode } from "./decode-frame.js";
import { allowedPath, openFile, type FilePolicy } from "./open-file.js";
import type { SkillStage } from "./skill-stage.js";

export interface OpenPictureOptions {
  readonly stage: Pick<SkillStage, "picture">;
  readonly policy: FilePolicy;
  readonly signal: AbortSignal;
}

/** A picture from wherever the reference says, as a frame. Picture files have no calibration: one is assumed. */
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
  if (typeof ref === "object" && "recording" in ref) return pictureOfRecording(ref, options);
  const file = await openFile(ref, policy);
  if (!file.ok) return file;
  const decoded = await decode(file.value.bytes, file.value.origin);
  return decoded.ok ? ok({ frame: decoded.value, origin: file.value.origin, calibrated: false }) : decoded;
}

async function pictureOfRecording(
  { recording, atS }: { readonly recording: string; readonly atS: number },
  { policy, signal }: Pick<OpenPictureOptions, "policy" | "signal">,
): Promise<Result<OpenedPicture, MediaFailure>> {
  const path = await allowedPath(recording, policy);
  if (!path.ok) return path;
  return openRecordedPicture(path.value, { origin: `${recording} at ${atS} s`, atS, signal });
}
