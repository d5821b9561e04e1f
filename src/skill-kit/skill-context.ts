import type { Action } from "../domain/action.js";
import type { HandeyeEvent } from "../domain/event.js";
import type { Frame } from "../domain/frame.js";
import type { Receipt } from "../domain/receipt.js";
import type { Result } from "../domain/result.js";
import type { ClipRef, FileRef, PictureRef, SoundRef } from "../domain/skill/media-ref.js";
import type { Recipe, SkillArtefact, SkillProgress } from "../domain/skill/skill-messages.js";
import type { Sound } from "../domain/speech/sound.js";
import type { Look } from "../ports/perception.js";

/** Why something that was to be looked at or listened to could not be opened. */
export type MediaFailure =
  | "not-found"
  | "not-allowed"
  | "bad-picture"
  | "bad-sound"
  | "bad-clip"
  | "too-large"
  | "no-decoder"
  | "camera-unavailable";

export interface OpenedPicture {
  readonly frame: Frame;
  /** For people: a file's name, `head camera`, `run.mcap at 3.2 s`. */
  readonly origin: string;
  /** False for files: intrinsics and pose are then those of the launch file's head camera, by assumption. */
  readonly calibrated: boolean;
}

export interface ClipPicture {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
  readonly frame: Frame;
  readonly calibrated: boolean;
}

/** Something that a recording tells besides its pictures. */
export interface ClipEvent {
  /** Milliseconds from the clip's start. */
  readonly timeMs: number;
  readonly event: HandeyeEvent;
}

export interface OpenedClip {
  readonly origin: string;
  /** Absent where it is not known before the end. */
  readonly durationS?: number;
  /** What a recording of missions tells; scenes are left out, since pictures show them. Absent for clips that are only pictures. */
  readonly events?: readonly ClipEvent[];
  /** In order of time, at most one every `everyS`. Ends when the signal of the skill fires. */
  pictures(options?: { readonly everyS?: number }): AsyncIterable<ClipPicture>;
}

export interface NewArtefact {
  /** File name without folders, for example `counter.png`. */
  readonly name: string;
  readonly mediaType: ArtefactMediaType;
  readonly recipe?: Recipe;
}

export type ArtefactMediaType =
  | "image/png"
  | "image/jpeg"
  | "image/webp"
  | "image/gif"
  | "video/mp4"
  | "audio/wav"
  | "audio/mpeg"
  | "audio/flac"
  | "audio/ogg"
  | "application/json"
  | "application/x-ply"
  | "text/plain"
  | "text/csv"
  | "text/html";

/** All that a skill sees of the robot. There is no way around the two gates from here. */
export interface SkillContext<Backend = unknown> {
  /** Fires at the skill's time limit, when the caller gives up, and when the robot's program ends. */
  readonly signal: AbortSignal;
  /** The back end that this run uses: the first of the configured ones, then the next where that one cannot serve. */
  readonly backend: Backend;
  /** Its name, as in the launch file. */
  readonly backendName: string;
  readonly openPicture: (ref: PictureRef) => Promise<Result<OpenedPicture, MediaFailure>>;
  /** 16-bit or float WAV of any rate, mixed down to one channel. */
  readonly openSound: (ref: SoundRef) => Promise<Result<Sound, MediaFailure>>;
  readonly openClip: (ref: ClipRef) => Promise<Result<OpenedClip, MediaFailure>>;
  readonly openFile: (
    ref: FileRef,
  ) => Promise<Result<{ readonly bytes: Uint8Array; readonly origin: string }, MediaFailure>>;
  /**
   * What the launch file's eyes find in a picture, measured in metres of the base frame. `phrases` are for grounders that need
   * words. Rejects with `model-failed` when inference breaks.
   */
  readonly perceive: (frame: Frame, options?: { readonly phrases?: readonly string[] }) => Promise<Look>;
  /** Has an action approved, carried out and verified, like a step of a mission. The receipt says what became of it. */
  readonly act: (action: Action) => Promise<Receipt>;
  /** Never a claim of success: that comes from receipts. */
  readonly say: (text: string) => Promise<void>;
  readonly progress: (progress: SkillProgress) => void;
  /** Keeps a file with the skill's result. It appears under its name only whole; a failed skill leaves none. */
  readonly keep: (artefact: NewArtefact & { readonly bytes: Uint8Array }) => Promise<SkillArtefact>;
  /** The same for what is written piece by piece: `write` gets a path of its own and returns when the file is whole. */
  readonly keepFile: (
    artefact: NewArtefact & { readonly write: (path: string) => Promise<void> },
  ) => Promise<SkillArtefact>;
  /** Milliseconds of the machine's clock. */
  readonly nowMs: () => number;
}
