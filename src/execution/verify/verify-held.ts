import { flatDistance } from "../footprint.js";
import { freshDetections, mayBeThing } from "../same-thing.js";
import type { Effect } from "../effect.js";
import { canSee } from "./can-see.js";
import { framesOf, notVerified, verified, holdsSomething, type Looks, type Verdict } from "./verdict.js";

/** Something is between the fingers, and the place where the thing stood is seen to be empty of it. */
export function verifyHeld(effect: Extract<Effect, { kind: "held" }>, looks: Looks): Verdict {
  const { after } = looks;
  const { thing, from, seenAt } = effect;
  const { gripper } = after.scene.robot;
  const widthMm = Math.round(gripper.widthM * 1000);
  const evidence = { frames: framesOf(looks), gripperWidthM: gripper.widthM };
  if (!holdsSomething(after.scene.robot)) {
    return notVerified("dropped", `The gripper is empty (${widthMm} mm): the ${thing.label} was lost.`, evidence);
  }
  // Two things of one kind stand further apart than half their width and a finger.
  const reachM = Math.max(0.03, Math.min(from.sizeM[0], from.sizeM[1]) * 0.6);
  const still = freshDetections(after.scene).find(
    (d) =>
      mayBeThing(thing, d) &&
      flatDistance(d.extentInBase.center, from.center) < reachM &&
      Math.abs(d.extentInBase.center[2] - from.center[2]) < 0.05,
  );
  if (still !== undefined) {
    const message = `Something is in the gripper, but a ${still.label} is still seen where the ${thing.label} stood.`;
    return notVerified("not-verified", message, { ...evidence, seenAt: still.positionInBase });
  }
  if (!canSee(after, seenAt)) {
    const message = `The place where the ${thing.label} stood cannot be seen.`;
    return notVerified("not-verified", message, { ...evidence, expectedAt: seenAt });
  }
  const note = `gripper stopped at ${widthMm} mm; the place where the ${thing.label} stood is empty`;
  return verified({ ...evidence, note });
}
