import type { MissionOutcome } from "../domain/mission.js";
import type { Grade } from "../domain/receipt.js";
import type { Result } from "../domain/result.js";
import type { SkillProgress } from "../domain/skill/skill-messages.js";
import type { BackendFailure } from "./skill-backends.js";
import type { RgbPicture } from "./model-client.js";

export interface MakingOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SkillProgress) => void;
}

/** An MP4 that was read again from end to end. */
export interface MadeVideo {
  readonly bytes: Uint8Array;
  readonly durationS: number;
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  readonly hasSound: boolean;
}

/** A generative model's video, marked as such in the file. */
export interface GeneratedVideo extends MadeVideo {
  readonly model: string;
  /** Absent where the server chose one and did not say which. */
  readonly seed?: number;
  /** True where the job had been handed in by an earlier run and was picked up again. */
  readonly resumed: boolean;
}

/**
 * Why a job at a server gave nothing, where another back end must not be asked: it was paid for. `job-failed`: the server says so.
 * `job-vanished`: it was taken, and the server does not know it any more. `job-expired`: it never ended.
 */
export type JobFailure = "job-failed" | "job-vanished" | "job-expired";
/** What is asked for is more than the model can do; the message says what it can. */
export type LimitFailure = "over-limit";

export interface RehearsedStep {
  /** Where in the clip it begins, seconds. */
  readonly atS: number;
  readonly action: string;
  readonly label?: string;
  /** Absent for a step that was begun and not finished. */
  readonly grade?: Grade;
  readonly code?: string;
}

export interface Rehearsal extends MadeVideo {
  readonly outcome: MissionOutcome;
  readonly grade: Grade;
  readonly code?: string;
  readonly steps: readonly RehearsedStep[];
  /** Where it was played through: scene and seed of the copy. */
  readonly world: string;
  /** What was spoken in it, by whom; absent for a silent clip. */
  readonly narrator?: string;
  readonly narration?: readonly { readonly atS: number; readonly text: string }[];
  /** Things to know: the launch file's robot is no simulation, the narrator has not that language ... */
  readonly notes: readonly string[];
  readonly seed: number;
}

export interface HighlightsRequest {
  /** All bytes of a recording (MCAP). */
  readonly recording: Uint8Array;
  /** `outcome`: steps that were verified or failed, and stops. Anything else: words, English or Chinese. */
  readonly by: string;
  readonly maxS: number;
}

export interface Highlight {
  /** Where it begins in the clip and in the recording, seconds. */
  readonly atS: number;
  readonly fromS: number;
  readonly toS: number;
  readonly title: string;
  readonly kind: "verified" | "failed" | "stopped" | "other";
}

export interface Highlights extends MadeVideo {
  readonly moments: readonly Highlight[];
  /** Moments that fitted the wish and not into `maxS`. */
  readonly leftOut: number;
}

/** Undefined fields are the model's own defaults. */
export interface VideoRequest {
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly picture?: RgbPicture;
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  readonly fps?: number;
  readonly guidance?: number;
  readonly steps?: number;
  readonly seed?: number;
}

/** Back end of `clip`; what it has no function for it cannot do. */
export interface ClipMaker {
  /** Plays an instruction through in a copy of the simulated world. The robot itself is left alone. */
  rehearse?(
    request: { readonly instruction: string; readonly narrate: boolean; readonly language: "en" | "zh" },
    options: MakingOptions,
  ): Promise<Result<Rehearsal, BackendFailure>>;
  highlights?(
    request: HighlightsRequest,
    options: MakingOptions,
  ): Promise<Result<Highlights, BackendFailure | "bad-clip" | "nothing-found">>;
  generate?(
    request: VideoRequest,
    options: MakingOptions,
  ): Promise<Result<GeneratedVideo, BackendFailure | JobFailure | LimitFailure>>;
}
