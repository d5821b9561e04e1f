import type { Detection } from "../domain/detection.js";
import type { Frame } from "../domain/frame.js";
import type { Result } from "../domain/result.js";
import type { Look } from "./perception.js";
import type { RgbPicture } from "./model-client.js";
import type { BackendFailure } from "./skill-backends.js";

/** What is kept of a picture besides its pixels. */
export interface RememberedPicture {
  /** Sorts by time. */
  readonly id: string;
  /** Milliseconds of the machine's clock. */
  readonly seenAtMs: number;
  /** For people: `head camera`, `photo.jpg`, `run.mcap at 3.2 s`. */
  readonly origin: string;
  /** False where places are read off an assumed camera, so that metres mean little. */
  readonly calibrated: boolean;
  readonly caption: { readonly en: string; readonly zh: string };
  readonly things: readonly RememberedThing[];
  /** Mean colours of a coarse grid, 0 to 1: what it looks like from afar. */
  readonly sketch: readonly number[];
}

export type RememberedThing = Omit<Detection, "mask">;

/** Pictures on disk, oldest out first when there are too many. */
export interface PictureStore {
  /** Oldest first. Sees what other programs have put into the same place. */
  all(): Promise<readonly RememberedPicture[]>;
  /** Rejects with `recording-failed` when the disk refuses. */
  add(picture: RememberedPicture, jpeg: Uint8Array): Promise<void>;
  /** Undefined for one that has left. */
  jpeg(id: string): Promise<Uint8Array | undefined>;
}

/** Full text over short documents. */
export interface TextIndex {
  /** Makes the index hold exactly these. */
  hold(documents: readonly { readonly id: string; readonly terms: readonly string[] }[]): Promise<void>;
  /** Best first; only documents with at least one of the terms. */
  search(terms: readonly string[]): Promise<readonly { readonly id: string; readonly score: number }[]>;
}

/** Unit vectors by id, and which of them are near. */
export interface VectorStore {
  readonly name: string;
  put(
    points: readonly { readonly id: string; readonly vector: Float32Array; readonly seenAtMs: number }[],
    options: { readonly signal: AbortSignal },
  ): Promise<Result<void, BackendFailure>>;
  /** Which of these it has. */
  known(
    ids: readonly string[],
    options: { readonly signal: AbortSignal },
  ): Promise<Result<ReadonlySet<string>, BackendFailure>>;
  /** By cosine, -1 to 1, highest first. */
  nearest(
    vector: Float32Array,
    options: {
      readonly limit: number;
      readonly sinceMs?: number;
      readonly untilMs?: number;
      readonly signal: AbortSignal;
    },
  ): Promise<Result<readonly { readonly id: string; readonly score: number }[], BackendFailure>>;
  close(): Promise<void>;
}

/** A picture that is compared or remembered, and, on demand, what the robot's eyes find in it. */
export interface PictureToRemember {
  readonly frame: Frame;
  readonly origin: string;
  readonly calibrated: boolean;
  readonly seenAtMs: number;
  readonly perceive: () => Promise<Look>;
}

export interface FoundPicture {
  readonly picture: RememberedPicture;
  /** Reciprocal ranks summed up: comparable within one answer only. */
  readonly score: number;
  /** Which comparisons found it. */
  readonly by: readonly ("words" | "things" | "look" | "vectors")[];
  /** Where each of its things is, in words, in the order of `picture.things`. */
  readonly places: readonly { readonly en: string; readonly zh: string }[];
  readonly jpeg: Uint8Array | undefined;
}

export interface Sighting {
  readonly picture: RememberedPicture;
  readonly thing: RememberedThing;
  /** Where it was, in words: "in the left drawer". */
  readonly place: { readonly en: string; readonly zh: string };
  /** How many things in that picture fit the phrase. */
  readonly alike: number;
  readonly jpeg: Uint8Array | undefined;
}

/** Back end of `find`. */
export interface PictureFinder {
  remember(
    picture: PictureToRemember,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<RememberedPicture, BackendFailure>>;
  /** Best first. */
  search(
    query: {
      readonly words?: string;
      readonly picture?: PictureToRemember;
      readonly limit: number;
      readonly sinceMs?: number;
      readonly untilMs?: number;
    },
    options: { readonly signal: AbortSignal },
  ): Promise<Result<readonly FoundPicture[], BackendFailure>>;
  /** `not-understood`: the phrase names nothing that the robot's eyes know. */
  lastSeen(
    phrase: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<Sighting, BackendFailure | "not-seen" | "not-understood">>;
  /** How well a picture fits words: 0 = not at all. Comparable between pictures of one finder only. */
  fit(
    picture: PictureToRemember,
    words: string,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<{ readonly score: number; readonly evidence: string }, BackendFailure>>;
  /** What a picture looks like from afar; see `RememberedPicture.sketch`. */
  sketch(picture: RgbPicture): readonly number[];
  /** At most 1,024 pixels long. */
  encode(picture: RgbPicture): Promise<Uint8Array>;
}
