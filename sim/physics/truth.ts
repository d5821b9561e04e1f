import type { Pose } from "../../src/domain/geometry/pose.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Color, Kind } from "../../src/domain/vocabulary.js";

/** What one thing really is and where it really is. */
export interface TrueObject {
  readonly id: string;
  readonly kind: Kind;
  readonly color: Color;
  readonly size: "small" | "large";
  /** Lengths of its bounding box in its own frame. */
  readonly sizeM: Vec3;
  /** In the world frame, which is the base frame while the base stands at its origin. */
  readonly pose: Pose;
  /** What it touches: object ids, drawer ids, static names, `robot`. */
  readonly inContactWith: readonly string[];
  /** Both fingers press on it. */
  readonly held: boolean;
  /** The region or drawer that its centre is in. */
  readonly containedIn?: string;
}

export interface TrueDrawer {
  readonly id: string;
  readonly openM: number;
}

/** The state of the world at one moment. Scoring, labels and the oracle only. */
export interface TruthSnapshot {
  readonly timeMs: number;
  readonly objects: readonly TrueObject[];
  readonly drawers: readonly TrueDrawer[];
  /** Greatest force on the arm or the palm (not the fingers) from anything since the start, newtons. */
  readonly hardestBumpN: number;
  /** The same, averaged over half a second: pressing, as against bumping. */
  readonly hardestPressN: number;
}

/** Which pixel of a picture belongs to what, and the exact depth. */
export interface FrameTruth {
  readonly sequence: number;
  readonly width: number;
  readonly height: number;
  /** height x width, index into `names`; 0 = background. */
  readonly instanceIds: Uint8Array;
  /** `object:<id>`, `drawer:<id>`, `handle:<drawer id>`, `region:<id>`, `robot` or `background`. */
  readonly names: readonly string[];
  /** height x width, metres along the optical axis, without the sensor's noise; 0 = nothing. */
  readonly depthM: Float32Array;
  /** The world when the picture was taken. */
  readonly snapshot: TruthSnapshot;
}

/** The simulator's privileged state. Nothing that perceives, plans or verifies may reach it. */
export interface SimTruth {
  snapshot(): Promise<TruthSnapshot>;
  /** Of one of the last few head frames; undefined when it is older, or was never delivered. */
  instanceIdsFor(frameSequence: number): Promise<FrameTruth | undefined>;
}
