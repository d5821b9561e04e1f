import type { Box, ImagePoint } from "../domain/detection.js";
import type { Frame } from "../domain/frame.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import type { Result } from "../domain/result.js";
import type { BackendFailure } from "./skill-backends.js";

/** Where a thing is at one moment. */
export interface TrackPoint {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
  /** False while it is hidden or out of view; its place is then the last known one. */
  readonly visible: boolean;
  readonly box?: Box;
  readonly point?: ImagePoint;
  readonly positionInBase?: Vec3;
}

export interface FollowedThing {
  readonly id: string;
  readonly label: string;
  readonly points: readonly TrackPoint[];
}

export interface Following {
  readonly status: "found" | "absent" | "ambiguous";
  readonly tracks: readonly FollowedThing[];
  /** Pictures that were looked at. */
  readonly pictures: number;
}

export interface MomentPicture {
  readonly timeMs: number;
  readonly frame: Frame;
}

/** Back end of `track`. */
export interface Follower {
  /**
   * Finds what the phrase means in the first picture that shows it, and follows it from there. With `filmTo`, an MP4 with boxes is
   * written there, `fps` pictures a second; none is written when there is no picture.
   */
  follow(
    pictures: AsyncIterable<MomentPicture>,
    options: {
      readonly phrase: string;
      readonly film?: { readonly path: string; readonly fps: number };
      readonly onPicture: (timeMs: number) => void;
      readonly signal: AbortSignal;
    },
  ): Promise<Result<Following, BackendFailure>>;
}
