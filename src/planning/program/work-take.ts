import type { Action } from "../../domain/action.js";
import { fail } from "../../domain/result.js";
import { failure, settled, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";
import { afterGrasp } from "./effects.js";
import { freeHand } from "./free-hand.js";
import { COUNTER, isHeld, narrowDrawerAround, selectMovable } from "./movable.js";
import { labelOf, nameOf, targetOf } from "./labels.js";
import type { Clause } from "./program.js";
import { drawerLabel, search } from "./search.js";
import { workPut } from "./work-put.js";

export function workTake(clause: Extract<Clause, { do: "take" }>, context: ClauseContext): ClauseWork {
  const { scene } = context;
  const { what } = clause;
  if (isHeld(what, scene)) return settled(`holding the ${scene.held?.label ?? nameOf(what)}`);
  if (what.pronoun === true)
    return failure(fail("bad-instruction", `I do not know what "${what.text}" is: name the thing.`));

  const selection = selectMovable(what, context);
  if (selection.status === "blocked") return selection.work;
  const several = selection.expression.quantifier === "all";
  const putAll = { do: "put", what: selection.expression, ...(clause.out ? { to: COUNTER } : {}) } as const;
  if (several && context.progress.count > 0) return workPut(putAll, context);
  if (selection.status === "none") return search(what, context);
  // One hand holds one thing: several that are taken out are put down on the counter, one by one.
  if (several && selection.detections.length > 1) return workPut(putAll, context);

  const [thing] = selection.detections;
  const hand = freeHand(context);
  if (hand.kind === "failure") return hand;
  const drawer = narrowDrawerAround(thing, scene);
  if (drawer !== undefined)
    return stepsThenLook(
      [...hand.steps, { action: "open", target: targetOf(drawer, drawerLabel(drawer, scene)) }],
      scene,
    );
  const grasp: Action = { action: "grasp", target: targetOf(thing, labelOf(what, thing)) };
  return { kind: "steps", steps: [...hand.steps, grasp], after: afterGrasp(scene, thing), complete: true };
}
