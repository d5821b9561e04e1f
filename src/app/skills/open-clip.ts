import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { ClipRef } from "../../domain/skill/media-ref.js";
import { readRecording } from "../../adapters/mcap/index.js";
import type { ClipPicture, MediaFailure, OpenedClip } from "../../skill-kit/index.js";
import { cameraOf } from "../survey-recording.js";
import { allowedPath, type FilePolicy } from "./open-file.js";
import { decode } from "./open-picture.js";

export interface OpenClipOptions {
  readonly policy: FilePolicy;
  readonly signal: AbortSignal;
}

const RECORDING = /\.mcap$/iu;

/** Moving pictures from wherever the reference says. */
export async function openClip(ref: ClipRef, options: OpenClipOptions): Promise<Result<OpenedClip, MediaFailure>> {
  if (typeof ref !== "string" || !RECORDING.test(ref)) {
    return fail("bad-clip", "Expected a recording (MCAP).");
  }
  const path = await allowedPath(ref, options.policy);
  if (!path.ok) return path;
  return ok({ origin: ref, pictures: ({ everyS = 0 } = {}) => recorded(path.value, everyS, options.signal) });
}

async function* recorded(path: string, everyS: number, signal: AbortSignal): AsyncGenerator<ClipPicture> {
  let startMs: number | undefined;
  let nextMs = 0;
  for await (const { topic, timeMs: atMs, message } of readRecording(path)) {
    if (signal.aborted) return;
    startMs ??= atMs;
    const timeMs = atMs - startMs;
    if (cameraOf(topic) !== "head" || timeMs < nextMs) continue;
    nextMs = timeMs + everyS * 1000 * 0.999;
    const frame = await decode((message as { readonly data: Uint8Array }).data, path);
    if (!frame.ok) throw new ControllerError("recording-failed", frame.message);
    yield { timeMs, frame: frame.value, calibrated: false };
  }
}
