import { dot, norm, subtract } from "../../domain/geometry/vec3.js";
import type { Effect } from "../effect.js";
import { freshDetections, mayBeThing } from "../same-thing.js";
import { framesOf, notVerified, verified, type Looks, type Verdict } from "./verdict.js";

const ASIDE_M = 0.08;

/** A matching thing is seen at least half of the way along the push, and not far aside of it. */
export function verifyPushed(effect: Extract<Effect, { kind: "pushed" }>, looks: Looks): Verdict {
  const { thing, from, direction, distanceM } = effect;
  const evidence = { frames: framesOf(looks) };
  const seen = freshDetections(looks.after.scene)
    .filter((d) => mayBeThing(thing, d))
    .map((d) => {
      const offset = subtract([d.extentInBase.center[0], d.extentInBase.center[1], from[2]], from);
      const alongM = dot(offset, direction);
      return { d, alongM, asideM: norm(subtract(offset, [direction[0] * alongM, direction[1] * alongM, 0])) };
    })
    .filter(({ asideM }) => asideM < ASIDE_M)
    .sort((a, b) => Math.abs(a.alongM - distanceM) - Math.abs(b.alongM - distanceM))[0];
  if (seen === undefined) {
    return notVerified("not-verified", `The ${thing.label} is not seen along the way it was pushed.`, evidence);
  }
  const cm = Math.round(seen.alongM * 100);
  const found = { ...evidence, seenAt: seen.d.positionInBase };
  if (seen.alongM < distanceM / 2) {
    return notVerified("not-moved", `The ${thing.label} moved ${cm} cm of ${Math.round(distanceM * 100)} cm.`, found);
  }
  return verified({ ...found, note: `a ${seen.d.label} is seen ${cm} cm further along` });
}
