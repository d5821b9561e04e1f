import { ControllerError } from "../../domain/errors.js";
import type { HandeyeEvent } from "../../domain/event.js";
import type { Frame } from "../../domain/frame.js";
import type { EventSink } from "../../ports/event-sink.js";
import { createVideoWriter, type AddOptions, type VideoFile, type VideoWriter } from "./create-video-writer.js";
import { createOverlayStory, type FilmView } from "./overlay-story.js";

/** What a film takes as a picture; with the camera's pose, boxes and points follow the camera's motion. */
export type FilmPicture = Pick<Frame, "width" | "height" | "rgb"> & Partial<Pick<Frame, "intrinsics" | "poseInBase">>;

/**
 * A mission as a video with what the robot sees, means and finds drawn in. Reads events and pictures; never throws into the
 * mission: what goes wrong is told by `close`.
 */
export interface MissionFilm extends EventSink {
  /** One picture, at the mission's time. Pictures come `fps` times a second of that time. */
  picture(picture: FilmPicture, timeMs: number): void;
  /** Seconds of film so far: where what happens now will be seen. */
  readonly filmedS: number;
  /** The last picture stands that much longer. */
  hold(seconds: number): void;
  /**
   * Writes what is pending, holds the end, and finishes the file. Rejects with `video-failed` when the video could not be
   * written, or when no picture ever came. Safe to call twice.
   */
  close(): Promise<VideoFile>;
}

export interface MissionFilmOptions {
  readonly path: string;
  /** Pictures a second of the mission's time; the film plays at the same speed. Default 10. */
  readonly fps?: number;
  /** How long the first and the last picture stand. Default 1.5 s. */
  readonly holdS?: number;
}

/** A plan stands this long, so that it can be read: in simulation thinking takes no time. */
const PLAN_HOLD_S = 0.6;

export function createMissionFilm({ path, fps = 10, holdS = 1.5 }: MissionFilmOptions): MissionFilm {
  const story = createOverlayStory();
  let queue: Promise<void> = Promise.resolve();
  let writer: VideoWriter | undefined;
  let failure: unknown;
  let lastView: FilmView | undefined;
  let lastTimeMs = 0;
  let frames = 0;
  let closing: Promise<VideoFile> | undefined;

  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch((error: unknown) => {
      failure ??= error;
    });
  };
  const framesFor = (seconds: number): number => Math.max(1, Math.round(seconds * fps));
  const repeat = (options: AddOptions): void => {
    if (frames > 0) frames += options.times ?? 1;
    enqueue(async () => writer?.repeat(options));
  };

  return {
    publish(event: HandeyeEvent): void {
      story.follow(event);
      if (failure !== undefined || closing) return;
      lastTimeMs = Math.max(lastTimeMs, event.timeMs);
      if (event.event === "plan") {
        repeat({ overlay: story.overlay(event.timeMs, lastView), times: framesFor(PLAN_HOLD_S) });
      }
    },

    picture(picture, timeMs): void {
      if (failure !== undefined || closing) return;
      const { width, height, intrinsics, poseInBase } = picture;
      lastView = intrinsics && poseInBase ? { width, height, intrinsics, poseInBase } : undefined;
      lastTimeMs = timeMs;
      const overlay = story.overlay(timeMs, lastView);
      // Cameras reuse their buffers; the picture waits in the queue while the worker starts.
      const rgb = Uint8Array.from(picture.rgb);
      const isFirst = frames === 0;
      frames += isFirst ? framesFor(holdS) : 1;
      enqueue(async () => {
        if (failure !== undefined) return;
        writer ??= await createVideoWriter({ path, width, height, fps });
        await writer.add(rgb, { overlay, times: isFirst ? framesFor(holdS) : 1 });
      });
    },

    get filmedS() {
      return frames / fps;
    },
    hold(seconds) {
      if (closing === undefined && seconds > 0)
        repeat({ overlay: story.overlay(lastTimeMs, lastView), times: framesFor(seconds) });
    },

    close() {
      if (closing) return closing;
      repeat({ overlay: story.overlay(lastTimeMs, lastView), times: framesFor(holdS) });
      closing = finish();
      return closing;
    },
  };

  async function finish(): Promise<VideoFile> {
    await queue;
    if (!writer) {
      if (failure !== undefined) throw failure;
      throw new ControllerError("video-failed", `Video ${path} was not written: no picture came from the camera.`, {
        details: { path },
      });
    }
    // Also after a failure: the worker has to end.
    return writer.close();
  }
}
