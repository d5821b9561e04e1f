import type { Grounding } from "../../domain/detection.js";
import type { ErrorCode } from "../../domain/errors.js";
import type { Intrinsics } from "../../domain/frame.js";
import type { Pose } from "../../domain/geometry/pose.js";

/** What the worker needs of a frame. Its arrays are copies and are handed over. */
export interface EyesRequest {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly depthM?: Float32Array;
  readonly intrinsics: Intrinsics;
  readonly poseInBase: Pose;
}

/** Everything that one picture gives, in one run of the detector. */
export interface EyesReading {
  readonly groundings: readonly Grounding[];
  readonly depth: { readonly width: number; readonly height: number; readonly data: Float32Array };
}

export interface EyesFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface EyesWorkerData {
  readonly modelDir: string;
  readonly threads: number;
}

export type EyesAnswer =
  | { readonly type: "ready" }
  | { readonly type: "not-ready"; readonly failure: EyesFailure }
  | { readonly type: "reading"; readonly id: number; readonly reading: EyesReading }
  | { readonly type: "failed"; readonly id: number; readonly failure: EyesFailure };
