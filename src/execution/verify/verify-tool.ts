import { distance } from "../../domain/geometry/vec3.js";
import type { Effect } from "../effect.js";
import { flatDistance } from "../footprint.js";
import { freshDetections, mayBeThing } from "../same-thing.js";
import { framesOf, notVerified, verified, holdsSomething, type Looks, type Verdict } from "./verdict.js";

const NEAR_M = 0.03;
/** A thing let go from the air may roll; further than this it is not where anybody would look for it. */
const FELL_WITHIN_M = 0.25;

/** The tool is where it was sent: the arm's own joints are the evidence. */
export function verifyNear(effect: Extract<Effect, { kind: "near" }>, looks: Looks): Verdict {
  const tool = looks.after.scene.robot.toolPoseInBase.position;
  const offM = distance(tool, effect.toolAt);
  const evidence = { frames: framesOf(looks), commandedToolPosition: effect.toolAt, actualToolPosition: tool };
  if (offM > NEAR_M) {
    return notVerified("not-moved", `The tool is ${Math.round(offM * 1000)} mm from where it was sent.`, evidence);
  }
  return verified({ ...evidence, note: `the tool is ${Math.round(offM * 1000)} mm from where it was sent` });
}

/** The fingers are apart with nothing between them, and what was held is seen below. */
export function verifyReleased(effect: Extract<Effect, { kind: "released" }>, looks: Looks): Verdict {
  const { robot } = looks.after.scene;
  const evidence = { frames: framesOf(looks), gripperWidthM: robot.gripper.widthM };
  if (holdsSomething(robot)) return notVerified("not-moved", "Something is still in the gripper.", evidence);
  const { thing, at } = effect;
  if (thing === undefined) return verified({ ...evidence, note: "the gripper is open and empty" });
  const seen = freshDetections(looks.after.scene).find(
    (d) => mayBeThing(thing, d) && flatDistance(d.extentInBase.center, at) < FELL_WITHIN_M,
  );
  if (seen === undefined) {
    return notVerified("not-verified", `The gripper is empty, but the ${thing.label} is not seen below it.`, evidence);
  }
  return verified({
    ...evidence,
    seenAt: seen.positionInBase,
    note: `the gripper is empty; a ${seen.label} is seen below`,
  });
}
