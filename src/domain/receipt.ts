import type { Action } from "./action.js";

/** How far an action is known to have come. Only `verified` may be spoken as done. */
export type Grade = "accepted" | "dispatched" | "acknowledged" | "observed" | "verified" | "refused" | "failed";

/** Why an action was refused or failed. */
export const FAILURE_CODES = [
  "bad-instruction",
  "unknown-word",
  "not-visible",
  "ambiguous",
  "out-of-reach",
  "joint-limit",
  "outside-workspace",
  "keep-out",
  "too-fast",
  "too-strong",
  "stale-frame",
  "depth-disagrees",
  "forbidden",
  "rate-limit",
  "hand-full",
  "hand-empty",
  "bad-action",
  "not-approved",
  "expired",
  "nothing-grasped",
  "dropped",
  "not-placed",
  "not-opened",
  "not-closed",
  "not-moved",
  "not-verified",
  "too-many-steps",
  "too-many-replans",
  "timeout",
  "link-lost",
  "stopped",
  "unsupported",
  "planner-failed",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** What a grade rests on. Measured or seen by the robot; a simulator's truth never counts. */
export interface Evidence {
  /** Sequence numbers of the frames that were looked at. */
  readonly frames?: readonly number[];
  readonly gripperWidthM?: number;
  /** Where the thing was seen afterwards, base frame, metres. */
  readonly seenAt?: readonly [number, number, number];
  /** Where the thing was expected, base frame, metres. */
  readonly expectedAt?: readonly [number, number, number];
  readonly commandedToolPosition?: readonly [number, number, number];
  readonly actualToolPosition?: readonly [number, number, number];
  /** One line for people: "gripper stopped at 46 mm; the place where it stood is empty". */
  readonly note?: string;
}

export interface Receipt {
  readonly step: number;
  readonly action: Action;
  readonly grade: Grade;
  readonly code?: FailureCode;
  readonly message?: string;
  readonly evidence: Evidence;
  /** Numbers behind a refusal: the bound that was hit, the value asked for. */
  readonly details?: Readonly<Record<string, unknown>>;
}
