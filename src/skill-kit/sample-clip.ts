import type { ClipPicture, OpenedClip } from "./skill-context.js";

export interface ClipSample {
  readonly pictures: readonly ClipPicture[];
  /** Time of the last picture, seconds. */
  readonly lastS: number;
}

/** Nearer together, pictures of a clip tell the same. */
const LEAST_PACE_S = 0.2;

/**
 * At most `most` pictures (4 or more) of a clip, evenly spread over it, the first and about the last among them. Where its length is not
 * known, every other picture is let go each time there are too many.
 */
export async function sampleClip(clip: OpenedClip, most: number): Promise<ClipSample> {
  let everyS = Math.max(LEAST_PACE_S, clip.durationS === undefined ? 0 : clip.durationS / (most - 1));
  let kept: ClipPicture[] = [];
  let last: ClipPicture | undefined;
  for await (const picture of clip.pictures({ everyS })) {
    last = picture;
    const previous = kept.at(-1);
    if (previous !== undefined && picture.timeMs - previous.timeMs < everyS * 999) continue;
    kept.push(picture);
    if (kept.length > most) {
      kept = kept.filter((_, i) => i % 2 === 0);
      everyS *= 2;
    }
  }
  return { pictures: kept, lastS: (last?.timeMs ?? 0) / 1000 };
}
