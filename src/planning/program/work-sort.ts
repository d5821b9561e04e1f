import type { Action } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { fail } from "../../domain/result.js";
import { colorOf } from "../reference/match-attributes.js";
import { candidates } from "../reference/resolve.js";
import { groundDistance } from "../reference/spatial-relation.js";
import { failure, settled, stepsThenLook, type ClauseContext, type ClauseWork } from "./context.js";
import { isInPlace } from "./destination.js";
import { nameOf } from "./labels.js";
import { defaultRelation, type Clause, type Place } from "./program.js";
import { search } from "./search.js";
import { placeHeld, moveOne } from "./work-put.js";
import { isHeld } from "./movable.js";

type SortClause = Extract<Clause, { do: "sort" }>;

/** The container of one colour, as a place; the nearest where there are several. */
function placeFor(
  color: string | undefined,
  near: Detection | undefined,
  { into }: SortClause,
  context: ClauseContext,
): { place: Place; detection: Detection } | undefined {
  const matching = candidates({ ...into, quantifier: "all" }, context.scene, {}).filter(
    (d) => d.id !== near?.id && colorOf(d) === color,
  );
  if (color === undefined || matching.length === 0) return undefined;
  const sorted =
    near === undefined ? matching : [...matching].sort((a, b) => groundDistance(a, near) - groundDistance(b, near));
  const kind = into.kinds.find((k) =>
    candidates({ ...into, kinds: [k], quantifier: "all" }, context.scene, {}).includes(sorted[0]),
  );
  const anchor = {
    ...into,
    kinds: kind === undefined ? into.kinds : [kind],
    colors: [colorOf(sorted[0]) ?? "gray"] as const,
    quantifier: "any" as const,
  };
  return {
    place: { text: `in the ${nameOf(anchor)}`, relation: defaultRelation(anchor), anchors: [anchor] },
    detection: sorted[0],
  };
}

/** Each thing into the container of its own colour. Things without one are left and named. */
export function workSort(clause: SortClause, context: ClauseContext): ClauseWork {
  const { scene, progress } = context;
  if (scene.held !== undefined && isHeld(clause.what, scene)) {
    const target = placeFor(colorOf(scene.held), undefined, clause, context);
    if (target !== undefined) return placeHeld(target.place, context);
  }
  const containers = candidates({ ...clause.into, quantifier: "all" }, scene, {});
  const things = candidates({ ...clause.what, quantifier: "all" }, scene, {}).filter((d) => !containers.includes(d));
  if (things.length === 0) return progress.count > 0 ? settled("nothing left to sort") : search(clause.what, context);
  if (containers.length === 0) return search(clause.into, context);

  const steps: Action[] = [];
  const homeless: string[] = [];
  let next = scene;
  for (const thing of things) {
    const target = placeFor(colorOf(thing), thing, clause, context);
    if (target === undefined) {
      homeless.push(thing.label);
      continue;
    }
    if (isInPlace(thing, target.place, [target.detection], scene)) continue;
    const work = moveOne(thing, { do: "put", what: clause.what, to: target.place }, { ...context, scene: next });
    if (work.kind !== "steps") return steps.length > 0 ? stepsThenLook(steps, next) : work;
    steps.push(...work.steps);
    next = work.after;
    if (!work.complete) return stepsThenLook(steps, next);
  }
  if (steps.length > 0) return { kind: "steps", steps, after: next, complete: true };
  if (homeless.length === things.length)
    return failure(
      fail("not-visible", `I see no ${clause.into.text} in the colour of ${homeless.join(", ")}.`, { homeless }),
    );
  return settled(
    homeless.length === 0
      ? "every thing lies with its colour"
      : `left without a place of their colour: ${homeless.join(", ")}`,
  );
}
