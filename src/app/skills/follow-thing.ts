import { createVideoWriter, type VideoWriter } from "../../adapters/video/index.js";
import { drawThings } from "../../adapters/overlay/index.js";
import type { Detection } from "../../domain/detection.js";
import type { Frame } from "../../domain/frame.js";
import { fail, ok } from "../../domain/result.js";
import type { FollowedThing, Follower, Following, TrackPoint } from "../../ports/follower.js";
import { resolvePhrases } from "./locate-phrases.js";
import type { StreamPerception } from "./stream-perception.js";

/** Films need at least this many pixels each way. */
const LEAST_FILM_PIXELS = 16;

interface Trail {
  readonly id: string;
  readonly label: string;
  readonly points: TrackPoint[];
}

export interface FollowOptions {
  /** One for each clip: it remembers what it saw. */
  readonly open: () => Promise<StreamPerception>;
  readonly phrasesOf: (phrase: string) => readonly string[];
}

/** Follows what a phrase means from picture to picture: it is looked for until it is found, and then known by its track. */
export function createFollower({ open, phrasesOf }: FollowOptions): Follower {
  return {
    async follow(pictures, { phrase, film, onPicture, signal }) {
      const perception = await open();
      const trails = new Map<string, Trail>();
      let status: Following["status"] = "absent";
      let count = 0;
      let writer: VideoWriter | undefined;
      try {
        for await (const { timeMs, frame } of pictures) {
          if (signal.aborted) return fail("timeout", "It was called off.");
          const { scene } = await perception.look(frame, { phrases: phrasesOf(phrase), signal });
          count++;
          onPicture(timeMs);
          if (trails.size === 0) {
            const resolved = resolvePhrases([phrase], scene);
            if (!resolved.ok) return resolved;
            const [found] = resolved.value;
            if (found.status !== "absent") status = found.status;
            if (found.status === "found") begin(trails, found.detections);
          }
          for (const trail of trails.values()) extend(trail, timeMs, scene.detections);
          if (film === undefined) continue;
          writer ??= await openWriter(film, frame);
          await writer?.add(drawn(frame, trails));
        }
        await writer?.close();
      } finally {
        // Safe to call twice; a run that failed leaves no film.
        await writer?.close().catch(() => undefined);
      }
      const tracks = [...trails.values()].map((trail): FollowedThing => ({ ...trail, points: [...trail.points] }));
      return ok({ status, tracks, pictures: count });
    },
  };
}

function begin(trails: Map<string, Trail>, detections: readonly Detection[]): void {
  for (const { id, label } of detections) trails.set(id, { id, label, points: [] });
}

function extend(trail: Trail, timeMs: number, detections: readonly Detection[]): void {
  const detection = detections.find(({ id }) => id === trail.id);
  if (detection !== undefined && detection.ageS === 0) {
    const { box, point, positionInBase } = detection;
    trail.points.push({ timeMs, visible: true, box, point, positionInBase });
    return;
  }
  const last = trail.points.at(-1);
  const positionInBase = detection?.positionInBase ?? last?.positionInBase;
  trail.points.push({ timeMs, visible: false, ...(positionInBase === undefined ? {} : { positionInBase }) });
}

async function openWriter(
  { path, fps }: { readonly path: string; readonly fps: number },
  { width, height }: Frame,
): Promise<VideoWriter | undefined> {
  if (Math.min(width, height) < LEAST_FILM_PIXELS) return undefined;
  return createVideoWriter({ path, width, height, fps });
}

function drawn(frame: Frame, trails: ReadonlyMap<string, Trail>): Uint8Array {
  const things = [...trails.values()].flatMap(({ label, points }) => {
    const now = points.at(-1);
    return now?.box === undefined ? [] : [{ label, box: now.box, point: now.point }];
  });
  return drawThings(frame, things).rgb;
}
