import type { Evidence, FailureCode } from "../../domain/receipt.js";
import type { Look } from "../../ports/perception.js";
import type { Effect } from "../effect.js";
import { verifyDrawer } from "./verify-drawer.js";
import { verifyHeld } from "./verify-held.js";
import { verifyPlaced } from "./verify-placed.js";
import { verifyPushed } from "./verify-pushed.js";
import { verifyNear, verifyReleased } from "./verify-tool.js";

/** What looking said of an effect. Unsure is not verified. */
export type Verdict =
  | { readonly verified: true; readonly evidence: Evidence }
  | { readonly verified: false; readonly code: FailureCode; readonly message: string; readonly evidence: Evidence };

export interface Looks {
  readonly before: Look;
  readonly after: Look;
}

/**
 * Compares what was seen before a step with what is seen now. Uses the robot's own sensors and fresh detections only; anything
 * but clear evidence is `verified: false` with the code of what seems to have happened.
 */
export function verifyEffect(effect: Effect, looks: Looks): Verdict {
  switch (effect.kind) {
    case "held":
      return verifyHeld(effect, looks);
    case "placed":
      return verifyPlaced(effect, looks);
    case "opened":
    case "closed":
      return verifyDrawer(effect, looks);
    case "pushed":
      return verifyPushed(effect, looks);
    case "near":
      return verifyNear(effect, looks);
    case "released":
      return verifyReleased(effect, looks);
  }
}

export const verified = (evidence: Evidence): Verdict => ({ verified: true, evidence });

export function notVerified(code: FailureCode, message: string, evidence: Evidence): Verdict {
  return { verified: false, code, message, evidence: { note: message, ...evidence } };
}

export const framesOf = ({ before, after }: Looks): readonly number[] => [
  before.scene.view.sequence,
  after.scene.view.sequence,
];
