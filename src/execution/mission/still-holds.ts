import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Look } from "../../ports/perception.js";
import type { Effect, Thing } from "../effect.js";
import { canSee } from "../verify/can-see.js";
import type { Verdict } from "../verify/verdict.js";
import { verifyEffect } from "../verify/verify-effect.js";
import type { SeenEffect } from "./mission-context.js";

/**
 * The first of the earlier effects that was seen once and is now seen not to hold: a drawer that has slid shut again, a thing
 * that has rolled off. What a later step was meant to change is left out, and so is what cannot be seen now (inside of a drawer
 * that was closed after): not to see it is no evidence against it.
 */
export function findUndone(
  effects: readonly SeenEffect[],
  look: Look,
): { readonly step: number; readonly verdict: Extract<Verdict, { verified: false }> } | undefined {
  for (const [i, { effect, before, step, verified }] of effects.entries()) {
    const later = effects.slice(i + 1).map((seen) => seen.effect);
    if (!verified || later.length === 0 || later.some((next) => supersedes(next, effect))) continue;
    const verdict = verifyEffect(effect, { before, after: look });
    if (verdict.verified || verdict.code === "not-verified") continue;
    if (canSee(look, placeOf(effect))) return { step, verdict };
  }
  return undefined;
}

/** Whether `next` was meant to change what `effect` brought about. */
function supersedes(next: Effect, effect: Effect): boolean {
  switch (effect.kind) {
    case "near":
    case "released":
      return true;
    case "held":
      return next.kind !== "near";
    case "placed":
    case "pushed":
      return "thing" in next && next.thing !== undefined && isSame(next.thing, effect.thing);
    case "opened":
    case "closed":
      return (next.kind === "opened" || next.kind === "closed") && next.label === effect.label;
  }
}

/** Things that look alike are taken for the same: of two red blocks, nobody can say later which is which. */
const isSame = (a: Thing, b: Thing): boolean =>
  a.label === b.label || (a.detectionId !== undefined && a.detectionId === b.detectionId);

function placeOf(effect: Effect): Vec3 {
  switch (effect.kind) {
    case "placed":
    case "released":
      return effect.at;
    case "held":
      return effect.seenAt;
    case "pushed":
      return effect.from;
    case "near":
      return effect.toolAt;
    case "opened":
    case "closed":
      return effect.handleAt;
  }
}
