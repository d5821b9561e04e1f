import type { HandeyeEvent } from "../domain/event.js";
import type { Result } from "../domain/result.js";
import type { Look } from "./perception.js";
import type { RgbPicture } from "./model-client.js";

/**
 * Why a back end cannot serve. After one of these the next configured back end is asked; any other failure is the skill's answer.
 * `unsupported`: it cannot do this kind of request at all.
 */
export type BackendFailure =
  | "not-installed"
  | "model-missing"
  | "model-failed"
  | "offline"
  | "link-lost"
  | "timeout"
  | "unauthorized"
  | "model-not-found"
  | "rate-limited"
  | "server-error"
  | "bad-answer"
  | "unsupported";

/**
 * What a back end lacks for just this request. Another may have it, so the next one is asked; where nobody has, this is the answer
 * rather than what else is missing on the machine.
 */
export type RequestFailure = "unknown-voice" | "unsupported-language" | "not-understood";

/** What a captioner is given: the pixels, and, on demand, what the robot's own eyes find in them. */
export interface PictureToTell extends RgbPicture {
  readonly perceive: () => Promise<Look>;
}

/** A moment of a clip that is told. */
export interface MomentToTell extends PictureToTell {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
}

export interface Telling {
  readonly text: string;
  readonly tags?: readonly string[];
  /** Tags with probabilities, best first, where the back end has them. */
  readonly tagScores?: readonly { readonly tag: string; readonly score: number }[];
}

/** Back end of `caption`. */
export interface Captioner {
  caption(
    picture: PictureToTell,
    options: {
      readonly form: "sentence" | "paragraph" | "tags";
      readonly language: "en" | "zh";
      readonly signal: AbortSignal;
    },
  ): Promise<Result<Telling, BackendFailure>>;
  /** What happens in a clip, from some of its pictures in order of time and, for recordings, from what they tell. */
  captionClip(
    moments: readonly MomentToTell[],
    options: {
      readonly form: "sentence" | "paragraph" | "tags";
      readonly language: "en" | "zh";
      readonly events: readonly { readonly timeMs: number; readonly event: HandeyeEvent }[];
      readonly signal: AbortSignal;
    },
  ): Promise<Result<Telling, BackendFailure>>;
}
