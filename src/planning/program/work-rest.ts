import type { Action } from "../../domain/action.js";
import { fail } from "../../domain/result.js";
import { project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Side } from "../lexicon/meaning.js";
import { stateOf } from "../reference/match-attributes.js";
import { footprintRadius } from "../reference/spatial-relation.js";
import { failure, settled, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";
import { findAnchors } from "./destination.js";
import { afterDrawer, afterRelease } from "./effects.js";
import { freeHand } from "./free-hand.js";
import { labelOf, placeName, targetOf } from "./labels.js";
import type { Clause } from "./program.js";
import { drawerLabel, search } from "./search.js";
import { select } from "./select.js";
import { selectMovable } from "./movable.js";

/** How far things are pushed when nobody says. */
export const DEFAULT_PUSH_M = 0.1;
/** Pushing a thing "to" another stops this short of it. */
const PUSH_GAP_M = 0.02;

const DIRECTIONS: Readonly<Record<Side, readonly [number, number]>> = {
  left: [0, 1],
  right: [0, -1],
  front: [1, 0],
  back: [-1, 0],
  top: [1, 0],
  bottom: [-1, 0],
  middle: [0, 0],
};

export function workDrawer(clause: Extract<Clause, { do: "open" | "close" }>, context: ClauseContext): ClauseWork {
  const { scene, progress } = context;
  const goal = clause.do === "open" ? "open" : "closed";
  const handled = new Set(
    progress.achieved.flatMap(({ action }) => (action.action === clause.do ? [action.target.detectionId] : [])),
  );
  const isDone = (state: ReturnType<typeof stateOf>, id: string): boolean => state === goal || handled.has(id);
  const selection = select(clause.what, context, (d) => !isDone(stateOf(d), d.id));
  if (selection.status === "blocked") return selection.work;
  if (selection.status === "none") {
    // "Close the open drawer" when none is open any more
    const gone = clause.what.state !== undefined ? select({ ...clause.what, state: undefined }, context) : undefined;
    if (gone?.status === "found" && gone.detections.every((d) => stateOf(d) === goal))
      return settled(`the ${clause.what.text} is ${goal}`);
    return search(clause.what, context);
  }
  const todo = selection.detections.filter((d) => !isDone(stateOf(d), d.id));
  if (todo.length === 0) return settled(`the ${clause.what.text} is ${goal}`);

  // Closing is a push and works with a full hand; opening takes the fingers.
  const hand = clause.do === "open" ? freeHand(context) : ({ kind: "steps", steps: [] } as const);
  if (hand.kind === "failure") return hand;
  const steps: Action[] = [...hand.steps];
  let after = scene;
  for (const drawer of todo) {
    const label = clause.what.side === undefined ? drawerLabel(drawer, scene) : labelOf(clause.what, drawer);
    steps.push({ action: clause.do, target: targetOf(drawer, label) });
    after = afterDrawer(after, drawer, goal);
  }
  return { kind: "steps", steps, after, complete: true };
}

export function workPush(clause: Extract<Clause, { do: "push" }>, context: ClauseContext): ClauseWork {
  const { scene } = context;
  const selection = selectMovable(clause.what, context);
  if (selection.status === "blocked") return selection.work;
  if (selection.status === "none") return search(clause.what, context);
  const hand = freeHand(context);
  if (hand.kind === "failure") return hand;

  const [thing] = selection.detections;
  const from = thing.positionInBase;
  let to: Vec3;
  let label: string;
  if (clause.to !== undefined) {
    const anchors = findAnchors(clause.to, context, thing);
    if (anchors.kind === "blocked") return anchors.work;
    const [anchor] = anchors.detections;
    if (anchor === undefined)
      return failure(fail("bad-instruction", `Push "${clause.what.text}" to which thing? Name one that is in sight.`));
    const [dx, dy] = [anchor.extentInBase.center[0] - from[0], anchor.extentInBase.center[1] - from[1]];
    const length = Math.hypot(dx, dy);
    const stop = length - footprintRadius(anchor.extentInBase) - footprintRadius(thing.extentInBase) - PUSH_GAP_M;
    if (stop <= PUSH_GAP_M) return settled(`the ${labelOf(clause.what, thing)} is next to the ${clause.to.text}`);
    to = [from[0] + (dx / length) * stop, from[1] + (dy / length) * stop, from[2]];
    label = placeName(clause.to);
  } else {
    const distanceM = clause.distanceM ?? DEFAULT_PUSH_M;
    const [ux, uy] = DIRECTIONS[clause.side ?? "front"];
    to = [from[0] + ux * distanceM, from[1] + uy * distanceM, from[2]];
    label = `${Math.round(distanceM * 100)} cm ${clause.side ?? "front"}`;
  }
  const point = project(scene.view, to);
  if (point.x < 0 || point.x > 1 || point.y < 0 || point.y > 1)
    return failure(fail("unsupported", `Pushing it ${label} would take it out of the picture. Say a shorter way.`));
  const push: Action = { action: "push", from: targetOf(thing, labelOf(clause.what, thing)), to: { label, ...point } };
  return stepsThenLook([...hand.steps, push], scene);
}

export function workRelease({ scene }: ClauseContext): ClauseWork {
  const release: Action = { action: "release" };
  return scene.held === undefined && !scene.robot.gripper.inContact
    ? settled("the hand is empty")
    : { kind: "steps", steps: [release], after: afterRelease(scene), complete: true };
}
