import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import type { Effect } from "../effect.js";
import { bottomOf, depthInFootprint, flatDistance, topOf } from "../footprint.js";
import { freshDetections, mayBeThing } from "../same-thing.js";
import { hasRisenIn } from "./risen-in.js";
import { framesOf, notVerified, verified, holdsSomething, type Looks, type Verdict } from "./verdict.js";

type Placed = Extract<Effect, { kind: "placed" }>;

/** How far from the aimed point a thing that was put down may be seen. */
const NEAR_M = 0.08;
/** How far outside a container's measured footprint a thing's centre may lie: measuring errors of both. */
const EDGE_M = 0.015;
const HEIGHT_SLACK_M = 0.05;
/** What is in a container is above its floor: this much is what measuring errs by. */
const BELOW_FLOOR_M = 0.015;

/** The hand is empty, and one more matching thing than before is seen at the destination. */
export function verifyPlaced(effect: Placed, looks: Looks): Verdict {
  const { before, after } = looks;
  const { thing, at } = effect;
  const { gripper } = after.scene.robot;
  const evidence = { frames: framesOf(looks), gripperWidthM: gripper.widthM, expectedAt: at };
  if (holdsSomething(after.scene.robot)) {
    return notVerified("not-placed", `The ${thing.label} still seems to be in the gripper.`, evidence);
  }
  const candidates = freshDetections(after.scene).filter((d) => mayBeThing(thing, d));
  const there = candidates.filter((d) => isAtDestination(effect, d));
  // Another thing of the same looks that was there before is no evidence.
  const hadBefore = countBefore(effect, before.scene);
  if (there.length > hadBefore) {
    const seen = nearest(there, at);
    const cm = Math.round(flatDistance(seen.extentInBase.center, at) * 100);
    const note = `gripper is empty; a ${seen.label} is seen ${cm} cm from where it was put`;
    return verified({ ...evidence, seenAt: seen.positionInBase, note });
  }
  if (effect.placement === "in" && effect.destination !== undefined) {
    if (hasRisenIn(looks, effect.destination, thing)) {
      const note = `gripper is empty; something as high as the ${thing.label} is seen where it was put and was not there before`;
      return verified({ ...evidence, note });
    }
  }
  const elsewhere = candidates.length === 0 ? undefined : nearest(candidates, at);
  if (elsewhere === undefined || there.length > 0) {
    return notVerified("not-verified", `The ${thing.label} was let go but is not seen at its destination.`, evidence);
  }
  const message = `The ${thing.label} is not at its destination; the nearest is ${Math.round(flatDistance(elsewhere.extentInBase.center, at) * 100)} cm away.`;
  return notVerified("not-placed", message, { ...evidence, seenAt: elsewhere.positionInBase });
}

export function isAtDestination({ at, placement, destination, thing }: Placed, d: Detection): boolean {
  const { center } = d.extentInBase;
  if (destination === undefined || placement === "at" || placement === "beside") {
    return flatDistance(center, at) < NEAR_M && Math.abs(bottomOf(d.extentInBase) - at[2]) < HEIGHT_SLACK_M;
  }
  const highest = topOf(destination) + thing.sizeM[2] + HEIGHT_SLACK_M;
  return (
    depthInFootprint(destination, center) > -EDGE_M &&
    center[2] > bottomOf(destination) - BELOW_FLOOR_M &&
    center[2] < highest
  );
}

const countBefore = (effect: Placed, scene: Scene): number =>
  freshDetections(scene).filter(
    (d) => d.id !== effect.thing.detectionId && mayBeThing(effect.thing, d) && isAtDestination(effect, d),
  ).length;

const nearest = (detections: readonly Detection[], at: Placed["at"]): Detection =>
  detections.reduce((a, b) =>
    flatDistance(a.extentInBase.center, at) <= flatDistance(b.extentInBase.center, at) ? a : b,
  );
