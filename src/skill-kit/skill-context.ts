import type { Action } from "../domain/action.js";
import type { Detection } from "../domain/detection.js";
import type { Frame } from "../domain/frame.js";
import type { Receipt } from "../domain/receipt.js";
import type { Scene } from "../domain/scene.js";

/** A file that a skill has made: a picture, a recording, a table. */
export interface Artefact {
  /** File name without folders, for example `counter.png`. */
  readonly name: string;
  readonly mediaType:
    "image/png" | "image/jpeg" | "video/mp4" | "audio/wav" | "application/json" | "text/plain" | "text/csv";
  readonly bytes: Uint8Array;
}

/** How far a skill has come, for people who wait. */
export interface Progress {
  /** 0 to 1. */
  readonly fraction: number;
  readonly message?: string;
}

/** All that a skill sees of the robot. There is no way around the two gates from here. */
export interface SkillContext {
  readonly signal: AbortSignal;
  /** The chosen back end's name, for skills that have several. */
  readonly backend?: string;
  /** A fresh look at what `phrases` name. Rejects like `Perception.look`. */
  readonly look: (phrases?: readonly string[]) => Promise<Scene>;
  /** The newest picture, for skills that read pixels. */
  readonly frame: () => Promise<Frame>;
  /** The best detection for a phrase in the last look, or undefined when there is none. */
  readonly locate: (phrase: string) => Detection | undefined;
  /** Has an action approved, carried out and verified, like a step of a mission. The receipt says what became of it. */
  readonly act: (action: Action) => Promise<Receipt>;
  /** Never a claim of success: that comes from receipts. */
  readonly say: (text: string) => Promise<void>;
  readonly progress: (progress: Progress) => void;
  /** Keeps a file with the skill's result; resolves with where people find it. */
  readonly keep: (artefact: Artefact) => Promise<string>;
  /** Milliseconds of the mission's clock. */
  readonly nowMs: () => number;
}
