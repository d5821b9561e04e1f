import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { attributeScore, kindOf, stateOf } from "../reference/match-attributes.js";
import { ANYTHING, type ReferringExpression } from "../reference/referring-expression.js";
import { holdsRelation } from "../reference/spatial-relation.js";
import type { ClauseContext } from "./context.js";
import { hasKnownKind } from "./destination.js";
import type { Place } from "./program.js";
import { select, type Selection } from "./select.js";

/** Where things go that have to be put down. */
export const COUNTER: Place = {
  text: "on the counter",
  relation: "on",
  anchors: [{ ...ANYTHING, text: "counter", surface: "counter" }],
};

/** Is what the hand holds what the words mean? Places do not count: it has left its place. */
export function isHeld(what: ReferringExpression, scene: Scene): boolean {
  if (scene.held === undefined) return false;
  return what.pronoun === true || !hasKnownKind(scene.held) || attributeScore(what, scene.held) > 0;
}

/** Selects things; if one was tried to be moved already and got lost on the way, it may lie anywhere by now. */
export function selectMovable(
  what: ReferringExpression,
  context: ClauseContext,
  prefer?: (detection: Detection) => boolean,
): Selection {
  const selection = select(what, context, prefer);
  const touched = context.progress.since.some(({ action }) =>
    ["grasp", "move", "place", "push"].includes(action.action),
  );
  return selection.status === "none" && touched && what.relations.length > 0
    ? select({ ...what, relations: [] }, context, prefer)
    : selection;
}

/** A half-open drawer around the thing: too narrow for the hand. */
export function narrowDrawerAround(thing: Detection, scene: Scene): Detection | undefined {
  return scene.detections.find(
    (d) => kindOf(d) === "drawer" && stateOf(d) === "ajar" && holdsRelation("in", thing, [d]),
  );
}
