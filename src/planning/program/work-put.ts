import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { fail } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import { parsePlace } from "../grammar/parse-instruction.js";
import { narrowByExtreme } from "../reference/narrow.js";
import { failure, settled, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";
import { findAnchors, findDestination, isInPlace } from "./destination.js";
import { afterMove, afterRelease } from "./effects.js";
import { freeHand } from "./free-hand.js";
import { COUNTER, isHeld, narrowDrawerAround, selectMovable } from "./movable.js";
import { labelOf, placeName, targetOf, visibleThings } from "./labels.js";
import type { Clause, Place } from "./program.js";
import { drawerLabel, search } from "./search.js";

type PutClause = Extract<Clause, { do: "put" }>;

/** Moves planned ahead in one answer; the mission asks again after the first one anyway. */
const MAX_MOVES_AHEAD = 8;

/** Asks where to, or reads what was answered. */
function destinationOf({ what, to }: PutClause, { scene, answers }: ClauseContext): Place | ClauseWork {
  if (to !== undefined) return to;
  const question = `Where should I put "${what.text}"?`.slice(0, 500);
  const answer = answers.findLast((given) => given.question === question)?.answer;
  if (answer === undefined) {
    const fromSurface = what.relations.some(({ anchors }) => anchors[0].surface !== undefined);
    const places = visibleThings(scene).filter((name) => /drawer|sink|shelf|zone|bowl|box/u.test(name));
    const choices = [
      ...places.map((name) => name.replace(/ \(\d+\)$/u, "")),
      ...(fromSurface ? [] : ["on the counter"]),
    ].slice(0, 9);
    return stepsThenLook([{ action: "ask", question, choices }], scene);
  }
  const place = parsePlace(answer);
  if (place.ok) return place.value;
  return failure(fail("ambiguous", `Cannot put "${what.text}" where the answer "${answer}" says: ${place.message}`));
}

const isWork = (value: Place | ClauseWork): value is ClauseWork => "kind" in value;

export function workPut(clause: PutClause, context: ClauseContext): ClauseWork {
  const place = destinationOf(clause, context);
  if (isWork(place)) return place;
  const { scene, progress } = context;
  if (isHeld(clause.what, scene)) return placeHeld(place, context);
  if (clause.what.pronoun === true)
    return failure(
      fail("bad-instruction", `I do not know what "${clause.what.text}" is: nothing is held. Name the thing.`),
    );

  const several = clause.what.quantifier === "all";
  // The destination's own words are settled first: what lies there already is not meant.
  const anchors = findAnchors(place, context, undefined);
  const anchored = anchors.kind === "found" ? anchors.detections : [];
  const isThere = (d: Detection): boolean => isInPlace(d, place, anchored, scene);
  const isDestination = (d: Detection): boolean =>
    place.shift !== true && place.relation !== "between" && anchored.some((anchor) => anchor.id === d.id);

  const selection = selectMovable(clause.what, context, (d) => !isThere(d) && !isDestination(d));
  if (selection.status === "blocked") return selection.work;
  const found = selection.status === "found" ? selection.detections : [];
  const todo = found.filter((d) => !isThere(d) && !isDestination(d));
  const wanted = clause.what.count === undefined ? todo.length : clause.what.count - progress.count;
  if (todo.length === 0) {
    if (found.length > 0) return settled(`${clause.what.text}: already ${placeName(place)}`);
    // Nothing left to do is a good end for "all"; for a place that was named it may even be the beginning.
    const cleared = several && clause.what.relations.length > 0 && clause.what.kinds.length === 0;
    if (several && (progress.count > 0 || cleared)) return settled(`nothing left of "${clause.what.text}"`);
    return search(clause.what, context);
  }
  if (anchors.kind === "blocked") return anchors.work;
  const ordered = several ? byDistance(todo).slice(0, Math.max(1, wanted)) : todo;
  return moveAll(
    several || selection.expression.quantifier === "all" ? ordered : todo.slice(0, 1),
    clause,
    place,
    context,
  );
}

const byDistance = (things: readonly Detection[]): readonly Detection[] => {
  const rest = [...things];
  const sorted: Detection[] = [];
  while (rest.length > 0) {
    const [next] = narrowByExtreme(rest, "nearest");
    sorted.push(next);
    rest.splice(rest.indexOf(next), 1);
  }
  return sorted;
};

export function placeHeld(place: Place, context: ClauseContext): ClauseWork {
  const { scene } = context;
  const destination = findDestination(place, context, undefined);
  if (destination.kind === "blocked") return destination.work;
  if (destination.closedDrawer !== undefined) {
    // A full hand cannot pull a handle.
    const hand = freeHand(context);
    if (hand.kind === "failure") return hand;
    const drawer = destination.closedDrawer;
    return stepsThenLook(
      [...hand.steps, { action: "open", target: targetOf(drawer, drawerLabel(drawer, scene)) }],
      scene,
    );
  }
  const placeStep: Action = { action: "place", to: destination.destination };
  return { kind: "steps", steps: [placeStep], after: afterRelease(scene), complete: true };
}

/** One move after another, each planned in the scene that the one before should leave. */
function moveAll(things: readonly Detection[], clause: PutClause, place: Place, context: ClauseContext): ClauseWork {
  const hand = freeHand(context);
  if (hand.kind === "failure") return hand;
  const steps: Action[] = [...hand.steps];
  let scene: Scene = { ...context.scene, held: undefined };
  for (const thing of things.slice(0, MAX_MOVES_AHEAD)) {
    const destination = findDestination(place, { ...context, scene }, thing);
    if (destination.kind === "blocked") return steps.length > 0 ? stepsThenLook(steps, scene) : destination.work;
    const drawer = destination.closedDrawer ?? narrowDrawerAround(thing, scene);
    if (drawer !== undefined) {
      const open: Action = { action: "open", target: targetOf(drawer, drawerLabel(drawer, scene)) };
      return stepsThenLook([...steps, open], scene);
    }
    steps.push({
      action: "move",
      from: targetOf(thing, labelOf(clause.what, thing)),
      to: destination.destination,
    });
    scene = afterMove(scene, thing, destination.position);
  }
  return { kind: "steps", steps, after: scene, complete: things.length <= MAX_MOVES_AHEAD };
}

/** For `sort`: the same moves with a destination of its own for each thing. */
export function moveOne(thing: Detection, clause: PutClause, context: ClauseContext): ClauseWork {
  const place = clause.to ?? COUNTER;
  return moveAll([thing], clause, place, context);
}
