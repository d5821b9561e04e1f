import type { Box, ImagePoint, Mask } from "../domain/detection.js";
import type { Frame } from "../domain/frame.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import type { Result } from "../domain/result.js";
import type { BackendFailure } from "./skill-backends.js";

/** A thing that words mean. */
export interface LocatedThing {
  readonly label: string;
  readonly box: Box;
  /** 0 to 1; calibrated for the on-board eyes only. */
  readonly score: number;
  /** A point on it, with its depth. */
  readonly point: ImagePoint;
  readonly positionInBase: Vec3;
  /** Upright box round it, base frame. */
  readonly sizeM: Vec3;
  readonly mask?: Mask;
}

export interface LocatedPhrase {
  readonly phrase: string;
  /** `ambiguous`: one thing is meant and several fit; `found` with several where all of them are meant. */
  readonly status: "found" | "absent" | "ambiguous";
  readonly things: readonly LocatedThing[];
}

/** Back end of `ground`. */
export interface Locator {
  locate(
    frame: Frame,
    options: { readonly phrases: readonly string[]; readonly masks: boolean; readonly signal: AbortSignal },
  ): Promise<Result<readonly LocatedPhrase[], BackendFailure>>;
  /** The picture with boxes and labels, PNG. */
  draw(frame: Frame, found: readonly LocatedPhrase[]): Promise<Uint8Array>;
  /** A thing's mask over the whole picture, PNG of one channel: 255 is the thing. */
  drawMask(frame: Frame, thing: LocatedThing): Promise<Uint8Array>;
}
