import { isMoving, type Action } from "../../domain/action.js";
import type { Receipt } from "../../domain/receipt.js";
import type { Look } from "../../ports/perception.js";
import type { Grip } from "../effect.js";
import { framesOf, notVerified, verified, type Verdict } from "../verify/verdict.js";
import { verifyEffect } from "../verify/verify-effect.js";
import type { SeenEffect } from "./mission-context.js";
import { findUndone } from "./still-holds.js";
import { supportsWords } from "./supports-words.js";

export interface Claim {
  /** The planner's evidence for `done`. */
  readonly claim: string;
  readonly history: readonly Receipt[];
  readonly effects: readonly SeenEffect[];
  /** A fresh look, taken after the planner spoke. */
  readonly look: Look;
  readonly grip?: Grip;
}

/**
 * Whether a mission may be called done: the last thing that it did is still seen to hold, nothing earlier is seen to be undone,
 * nothing that it tried has been left failed, and where it did nothing, the scene itself bears out the planner's words.
 */
export function checkClaim(claim: Claim): Verdict {
  const { effects, look } = claim;
  const frames = [look.scene.view.sequence];
  const tried = claim.history.filter((receipt) => isMoving(receipt.action) && receipt.grade !== "refused");
  if (tried.length === 0) return supportsWords(claim.claim, { scene: look.scene, grip: claim.grip });

  const open = tried.find((receipt) => receipt.grade !== "verified" && !isSettled(receipt, claim));
  if (open !== undefined) {
    const message = `Step ${open.step} (${open.action.action}) was not verified, and no later step made it good.`;
    return notVerified("not-verified", message, { frames });
  }
  const undone = findUndone(effects, look);
  if (undone !== undefined) {
    const { code, message, evidence } = undone.verdict;
    return notVerified(code, `Step ${undone.step} no longer holds: ${message}`, { ...evidence, frames });
  }
  const last = effects.at(-1);
  if (last === undefined) return notVerified("not-verified", "No step had an effect that could be seen.", { frames });
  const looks = { before: last.before, after: look };
  const verdict = verifyEffect(last.effect, looks);
  return verdict.verified ? verified({ ...verdict.evidence, frames: framesOf(looks) }) : verdict;
}

/** A failed step is settled when its effect is seen after all, or a later verified step was about the same thing. */
function isSettled(receipt: Receipt, { history, effects, look }: Claim): boolean {
  const effect = effects.find((e) => e.step === receipt.step);
  if (effect !== undefined && verifyEffect(effect.effect, { before: effect.before, after: look }).verified) return true;
  const subject = subjectOf(receipt.action);
  return history.some(
    (later) => later.step > receipt.step && later.grade === "verified" && sameSubject(subject, subjectOf(later.action)),
  );
}

interface Subject {
  readonly label: string;
  readonly detectionId?: string;
}

/** What a step is about: the thing that it handles; for `place`, which names none, where it goes. */
function subjectOf(action: Action): Subject | undefined {
  switch (action.action) {
    case "approach":
    case "grasp":
    case "open":
    case "close":
      return action.target;
    case "move":
    case "push":
      return action.from;
    case "place":
      return action.to;
    case "release":
    case "look":
    case "wait":
    case "say":
    case "ask":
    case "done":
    case "give-up":
      return undefined;
  }
}

function sameSubject(a: Subject | undefined, b: Subject | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.label === b.label || (a.detectionId !== undefined && a.detectionId === b.detectionId);
}
