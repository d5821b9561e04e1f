import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EVENT_TOPIC, readRecording, type CompressedImage } from "../../../adapters/mcap/index.js";
import type { OverlayState } from "../../../adapters/overlay/index.js";
import { decodePicture } from "../../../adapters/picture/decode-picture.js";
import { createVideoWriter, type VideoWriter } from "../../../adapters/video/index.js";
import { ControllerError } from "../../../domain/errors.js";
import type { HandeyeEvent } from "../../../domain/event.js";
import { fail, ok, type Result } from "../../../domain/result.js";
import type { Highlight, Highlights, HighlightsRequest, MakingOptions } from "../../../ports/clip-maker.js";
import type { BackendFailure } from "../../../ports/skill-backends.js";
import { chooseMoments, findMoments, type Moment } from "./find-moments.js";

type Outcome = Result<Highlights, BackendFailure | "bad-clip" | "nothing-found">;

const FPS = 10;
const CARD_S = 1.2;
/** What is shown before and after a step. */
const MARGIN_MS = 500;
/** A long step is shown by its end, where it is decided. */
const LONGEST_MS = 8_000;
const LARGEST_PIXELS = 4_096 * 4_096;
const TONES = { verified: "good", failed: "bad", stopped: "warning", other: "neutral" } as const;
const TITLES = { verified: "Verified", failed: "Failed", stopped: "Stopped", other: "Moment" } as const;

interface Cut extends Moment {
  readonly pictures: readonly number[];
}

/** Cuts what fits a wish out of a recording's head camera, each moment behind a card with its time and what happened. */
export async function cutHighlights(
  { recording, by, maxS }: HighlightsRequest,
  { signal, onProgress }: MakingOptions,
): Promise<Outcome> {
  const events: { timeMs: number; event: HandeyeEvent }[] = [];
  const times: number[] = [];
  try {
    for await (const { topic, timeMs, message } of readRecording(recording)) {
      if (signal.aborted) throw new ControllerError("aborted", "The highlights were called off.");
      if (topic === EVENT_TOPIC) events.push({ timeMs, event: message as HandeyeEvent });
      if (topic === "/camera/head") times.push(timeMs);
    }
  } catch (error) {
    if (error instanceof ControllerError && error.code === "recording-failed") return fail("bad-clip", error.message);
    throw error;
  }
  if (times.length === 0) return fail("bad-clip", "The recording has no pictures of a head camera.");
  times.sort((a, b) => a - b);
  const all = findMoments(events);
  const chosen = chooseMoments(all, by);
  if (chosen.length === 0) {
    return fail(
      "nothing-found",
      `Nothing in the recording fits ${JSON.stringify(by)}. It has ${all.length} steps: ${all
        .map(({ title }) => title)
        .join("; ")
        .slice(0, 600)}`,
    );
  }
  onProgress({ fraction: 0.2, message: `${chosen.length} of ${all.length} moments fit` });
  const startMs = Math.min(times[0], events[0]?.timeMs ?? times[0]);
  const { cuts, leftOut } = fitInto(chosen, times, maxS);
  if (cuts.length === 0)
    return fail("nothing-found", "There are no pictures of the moments that fit, or maxS is too short for one.");
  const folder = await mkdtemp(join(tmpdir(), "handeye-highlights-"));
  try {
    const path = join(folder, "clip.mp4");
    const moments = await write(recording, { cuts, startMs, path, signal, onProgress });
    const { readMp4 } = await import("../../../adapters/video/open-mp4.js");
    const { rewriteMp4 } = await import("../../../adapters/video/write-mp4.js");
    const bytes = await rewriteMp4(await readFile(path), {
      title: `Highlights: ${by}`,
      comment: "Cut by Handeye from a recording of what its camera saw.",
    });
    const facts = await readMp4(bytes);
    if (!facts.ok) return fail("model-failed", facts.message);
    const { durationS, frames, width, height, hasSound } = facts.value;
    return ok({ bytes, durationS, frames, width, height, hasSound, moments, leftOut });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As many as there is room for: the shortest last, so that one long moment does not take all; in order of time. */
function fitInto(
  chosen: readonly Moment[],
  times: readonly number[],
  maxS: number,
): { readonly cuts: readonly Cut[]; readonly leftOut: number } {
  const cuts: Cut[] = [];
  let room = Math.floor(maxS * FPS);
  let leftOut = 0;
  for (const moment of chosen) {
    const toMs = moment.toMs + MARGIN_MS;
    const fromMs = Math.max(moment.fromMs - MARGIN_MS, toMs - LONGEST_MS);
    const count = Math.max(1, Math.round(((toMs - fromMs) / 1000) * FPS));
    const wanted = Math.round(CARD_S * FPS) + count;
    const first = newestAt(times, fromMs);
    if (wanted > room || first === undefined) {
      leftOut += 1;
      continue;
    }
    room -= wanted;
    const pictures = Array.from({ length: count }, (_, i) => newestAt(times, fromMs + (i * 1000) / FPS) ?? first);
    cuts.push({ ...moment, fromMs, toMs, pictures });
  }
  return { cuts, leftOut };
}

/** The time of the picture that was the newest then; of the first one where it came soon after. */
function newestAt(times: readonly number[], timeMs: number): number | undefined {
  let found: number | undefined;
  for (const each of times) {
    if (each > timeMs) break;
    found = each;
  }
  return found ?? (times[0] - timeMs < LONGEST_MS ? times[0] : undefined);
}

interface WriteOptions extends MakingOptions {
  readonly cuts: readonly Cut[];
  readonly startMs: number;
  readonly path: string;
}

/** One picture at a time is decoded; those of the cuts are kept as the JPEGs that they are. */
async function write(
  recording: Uint8Array,
  { cuts, startMs, path, signal, onProgress }: WriteOptions,
): Promise<readonly Highlight[]> {
  const wanted = new Set(cuts.flatMap(({ pictures }) => pictures));
  const jpegs = new Map<number, Uint8Array>();
  for await (const { topic, timeMs, message } of readRecording(recording)) {
    if (topic === "/camera/head" && wanted.has(timeMs) && !jpegs.has(timeMs))
      jpegs.set(timeMs, (message as CompressedImage).data);
  }
  const moments: Highlight[] = [];
  let writer: VideoWriter | undefined;
  let frames = 0;
  try {
    for (const [i, { pictures, fromMs, toMs, title, kind }] of cuts.entries()) {
      const atS = frames / FPS;
      const overlay = (timeMs: number, card: boolean): OverlayState => ({
        boxes: [],
        status: {
          state: TITLES[kind].toLowerCase(),
          tone: TONES[kind],
          action: title,
          timeS: (timeMs - startMs) / 1000,
        },
        ...(card
          ? {
              endCard: {
                title: `${i + 1}  ${TITLES[kind]}`,
                grade: `at ${clock(fromMs - startMs)}`,
                text: title,
                tone: TONES[kind],
              },
            }
          : {}),
      });
      for (const [at, timeMs] of pictures.entries()) {
        if (signal.aborted) throw new ControllerError("aborted", "The highlights were called off.");
        const jpeg = jpegs.get(timeMs);
        if (jpeg === undefined) continue;
        // The same picture again is held, not decoded again.
        const shownMs = fromMs + (at * 1000) / FPS;
        if (at > 0 && pictures[at - 1] === timeMs && writer !== undefined) {
          await writer.repeat({ overlay: overlay(shownMs, false) });
          frames += 1;
          continue;
        }
        const { width, height, rgb } = await decodePicture(jpeg, LARGEST_PIXELS);
        writer ??= await createVideoWriter({ path, width, height, fps: FPS });
        if (at === 0) {
          const cardFrames = Math.round(CARD_S * FPS);
          await writer.add(rgb, { overlay: overlay(fromMs, true), times: cardFrames });
          frames += cardFrames;
        }
        await writer.add(rgb, { overlay: overlay(shownMs, false) });
        frames += 1;
      }
      moments.push({ atS, fromS: (fromMs - startMs) / 1000, toS: (toMs - startMs) / 1000, title, kind });
      onProgress({ fraction: 0.2 + (0.7 * (i + 1)) / cuts.length, message: title });
    }
  } finally {
    await writer?.close();
  }
  return moments;
}

/** `1:07.5` */
function clock(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}
