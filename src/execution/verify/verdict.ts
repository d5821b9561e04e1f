import type { Evidence, FailureCode } from "../../domain/receipt.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { Look } from "../../ports/perception.js";

/** What looking said of an effect. Unsure is not verified. */
export type Verdict =
  | { readonly verified: true; readonly evidence: Evidence }
  | { readonly verified: false; readonly code: FailureCode; readonly message: string; readonly evidence: Evidence };

export interface Looks {
  readonly before: Look;
  readonly after: Look;
}

export const verified = (evidence: Evidence): Verdict => ({ verified: true, evidence });

export function notVerified(code: FailureCode, message: string, evidence: Evidence): Verdict {
  return { verified: false, code, message, evidence: { note: message, ...evidence } };
}

export const framesOf = ({ before, after }: Looks): readonly number[] => [
  before.scene.view.sequence,
  after.scene.view.sequence,
];

/** Fingers closer than this hold nothing. */
export const EMPTY_WIDTH_M = 0.004;

/** True when the fingers are apart and pressed on something. */
export const holdsSomething = ({ gripper }: RobotState): boolean => gripper.inContact && gripper.widthM > EMPTY_WIDTH_M;
