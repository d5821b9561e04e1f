import { cameraTopic, depthTopic, EVENT_TOPIC, readRecording } from "../../../adapters/mcap/index.js";
import { decodeDepthPng } from "../../../adapters/picture/decode-depth-png.js";
import { ControllerError } from "../../../domain/errors.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import type { Frame } from "../../../domain/frame.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { SceneView } from "../../../domain/scene.js";
import type { ClipEvent, ClipPicture, MediaFailure, OpenedClip, OpenedPicture } from "../../../skill-kit/index.js";
import { decode } from "../decode-frame.js";

const CAMERA = "head";

interface Survey {
  readonly startMs: number;
  readonly endMs: number;
  /** When each picture was taken, in the order of the recording. */
  readonly takenMs: readonly number[];
  /** Of the first look: what is before it was seen the same way. */
  readonly firstView?: SceneView;
  readonly events: readonly ClipEvent[];
}

/**
 * Head camera's pictures of a recording, with the calibration, the pose and the depth that were recorded. A recording that was cut
 * off gives all that is whole.
 */
export async function openRecordedClip(
  path: string,
  { origin, signal }: { readonly origin: string; readonly signal: AbortSignal },
): Promise<Result<OpenedClip, MediaFailure>> {
  const surveyed = await survey(path, origin);
  if (!surveyed.ok) return surveyed;
  const { startMs, endMs, events } = surveyed.value;
  return ok({
    origin,
    durationS: (endMs - startMs) / 1000,
    events,
    pictures: ({ everyS = 0 } = {}) => recordedPictures(path, { survey: surveyed.value, everyS, signal }),
  });
}

/** The last picture that had been taken so many seconds after the first one, or the first. Calibrated and deep as a clip's are. */
export async function openRecordedPicture(
  path: string,
  { origin, atS, signal }: { readonly origin: string; readonly atS: number; readonly signal: AbortSignal },
): Promise<Result<OpenedPicture, MediaFailure>> {
  const surveyed = await survey(path, origin);
  if (!surveyed.ok) return surveyed;
  const { startMs, takenMs } = surveyed.value;
  const untilMs = startMs + atS * 1000;
  const fromMs = takenMs.reduce((last, timeMs) => (timeMs <= untilMs ? Math.max(last, timeMs) : last), startMs);
  try {
    for await (const { frame, calibrated } of recordedPictures(path, { survey: surveyed.value, fromMs, signal }))
      return ok({ frame, origin, calibrated });
  } catch (error) {
    if (error instanceof ControllerError) return fail("bad-clip", error.message);
    throw error;
  }
  signal.throwIfAborted();
  return fail("not-found", `${origin} has no picture of the ${CAMERA} camera.`);
}

async function survey(path: string, origin: string): Promise<Result<Survey, MediaFailure>> {
  try {
    const found = await surveyPictures(path);
    if (found.takenMs.length > 0) return ok(found);
    return fail("bad-clip", `${origin} has no picture of the ${CAMERA} camera.`);
  } catch (error) {
    if (error instanceof ControllerError) return fail("bad-clip", error.message);
    throw error;
  }
}

async function surveyPictures(path: string): Promise<Survey> {
  const takenMs: number[] = [];
  let firstView: SceneView | undefined;
  const events: { timeMs: number; event: HandeyeEvent }[] = [];
  for await (const { topic, timeMs, message } of readRecording(path)) {
    if (topic === cameraTopic(CAMERA)) takenMs.push(timeMs);
    if (topic !== EVENT_TOPIC) continue;
    const event = message as HandeyeEvent;
    if (event.event === "scene") {
      if (event.scene.view.camera === CAMERA) firstView ??= event.scene.view;
    } else events.push({ timeMs, event });
  }
  const [startMs, endMs] = [
    takenMs.reduce((a, b) => Math.min(a, b), Infinity),
    takenMs.reduce((a, b) => Math.max(a, b), 0),
  ];
  return {
    startMs,
    endMs,
    takenMs,
    ...(firstView === undefined ? {} : { firstView }),
    events: events.map(({ timeMs, event }) => ({ timeMs: Math.max(0, timeMs - startMs), event })),
  };
}

interface WantedPictures {
  readonly survey: Survey;
  readonly everyS?: number;
  /** Of the recording's own time: nothing before it. */
  readonly fromMs?: number;
  readonly signal: AbortSignal;
}

interface Pending {
  readonly atMs: number;
  readonly data: Uint8Array;
  readonly view: SceneView | undefined;
  depth?: Uint8Array;
}

async function* recordedPictures(
  path: string,
  { survey, everyS = 0, fromMs = survey.startMs, signal }: WantedPictures,
): AsyncGenerator<ClipPicture> {
  let view = survey.firstView;
  let nextMs = fromMs - survey.startMs;
  // Depth is written after the picture that it belongs to.
  let pending: Pending | undefined;
  for await (const { topic, timeMs, message } of readRecording(path)) {
    if (signal.aborted) return;
    if (topic === EVENT_TOPIC) {
      const event = message as HandeyeEvent;
      if (event.event === "scene" && event.scene.view.camera === CAMERA) ({ view } = event.scene);
    }
    if (topic === depthTopic(CAMERA) && pending?.atMs === timeMs) pending.depth = bytesOf(message);
    if (topic !== cameraTopic(CAMERA)) continue;
    if (pending !== undefined) yield await toPicture(pending, survey, path);
    pending = undefined;
    if (timeMs - survey.startMs < nextMs) continue;
    nextMs = timeMs - survey.startMs + everyS * 1000 * 0.999;
    pending = { atMs: timeMs, data: bytesOf(message), view };
  }
  if (pending !== undefined && !signal.aborted) yield toPicture(pending, survey, path);
}

const bytesOf = (message: unknown): Uint8Array => (message as { readonly data: Uint8Array }).data;

async function toPicture({ atMs, data, view, depth }: Pending, survey: Survey, path: string): Promise<ClipPicture> {
  const timeMs = atMs - survey.startMs;
  const decoded = await decode(data, path);
  if (!decoded.ok) throw new ControllerError("recording-failed", decoded.message);
  const plain: Frame = { ...decoded.value, camera: CAMERA, capturedAtMs: atMs };
  if (view === undefined || view.width !== plain.width || view.height !== plain.height) {
    return { timeMs, frame: plain, calibrated: false };
  }
  const frame: Frame = { ...plain, intrinsics: view.intrinsics, poseInBase: view.poseInBase };
  const measured = depth === undefined ? undefined : await decodeDepthPng(depth).catch(() => undefined);
  const fits = measured?.width === frame.width && measured.height === frame.height;
  return { timeMs, frame: fits ? { ...frame, depthM: measured.depthM } : frame, calibrated: true };
}
