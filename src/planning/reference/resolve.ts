import type { Detection } from "../../domain/detection.js";
import type { Scene } from "../../domain/scene.js";
import { attributeScore, isMovable, kindOf, RIVAL_SHARE, stateOf } from "./match-attributes.js";
import { narrowByExtreme, narrowByOrdinal, narrowBySide, narrowBySize } from "./narrow.js";
import type { ReferringExpression, RelationClause } from "./referring-expression.js";
import { groundDistance, holdsRelation, mostRelated } from "./spatial-relation.js";

/** What earlier words referred to. */
export interface ReferenceMemory {
  /** What "it" means, by detection id. */
  readonly lastId?: string;
  /** Detections that are out of the question, by id: already moved, refused by the person ... */
  readonly excludedIds?: readonly string[];
}

export type Resolution =
  | { readonly status: "one"; readonly detection: Detection }
  | { readonly status: "many"; readonly detections: readonly Detection[] }
  | { readonly status: "none" };

const TIE_IN_DISTANCE_M = 0.015;

/** Does it lie on the counter or table itself: in no drawer, sink or bowl, on no shelf or zone? */
export function isOnSurface(thing: Detection, scene: Scene): boolean {
  if (!isMovable(thing)) return false;
  return !scene.detections.some((place) => {
    const kind = kindOf(place);
    if (place.id === thing.id || kind === undefined) return false;
    if (kind === "shelf") return holdsRelation("on", thing, [place]);
    return ["drawer", "sink", "bowl"].includes(kind) && holdsRelation("in", thing, [place]);
  });
}

function satisfies(clause: RelationClause, thing: Detection, scene: Scene): boolean {
  const [first, second] = clause.anchors;
  if (first.surface !== undefined) {
    // Left or right "of the table" says nothing in metres; on, in and from do.
    return ["on", "in", "from"].includes(clause.relation) && isOnSurface(thing, scene);
  }
  const others = (expression: ReferringExpression): readonly Detection[] =>
    candidates(expression, scene, {}).filter((d) => d.id !== thing.id);
  if (second === undefined) return others(first).some((anchor) => holdsRelation(clause.relation, thing, [anchor]));
  return others(first).some((a) =>
    others(second).some((b) => a.id !== b.id && holdsRelation("between", thing, [a, b])),
  );
}

/** Of those that satisfy it, the ones that the relation plainly means. */
function narrowByRelation(
  clause: RelationClause,
  things: readonly Detection[],
  scene: Scene,
  all: boolean,
): readonly Detection[] {
  const fitting = things.filter((thing) => satisfies(clause, thing, scene));
  if (fitting.length < 2 || all || clause.anchors[0].surface !== undefined) return fitting;
  const anchor = candidates(clause.anchors[0], scene, {})[0];
  return clause.relation === "between" ? fitting : mostRelated(clause.relation, fitting, anchor);
}

function narrowByDistance(
  { extreme, anchor }: NonNullable<ReferringExpression["nearestTo"]>,
  things: readonly Detection[],
  scene: Scene,
): readonly Detection[] {
  const anchors = candidates(anchor, scene, {});
  const others = things.filter((d) => !anchors.some((a) => a.id === d.id) || anchors.length > 1);
  if (anchors.length === 0 || others.length === 0) return [];
  const distances = others.map((d) =>
    Math.min(...anchors.filter((a) => a.id !== d.id).map((a) => groundDistance(a, d))),
  );
  const wanted = extreme === "nearest" ? Math.min(...distances) : Math.max(...distances);
  return others.filter((_, index) => Math.abs(distances[index] - wanted) <= TIE_IN_DISTANCE_M);
}

/** Best score first; those far below the best are no rivals, unless all are asked for. */
function byAttributes(expression: ReferringExpression, scene: Scene, memory: ReferenceMemory): readonly Detection[] {
  const scored = scene.detections
    .filter((d) => memory.excludedIds?.includes(d.id) !== true)
    .map((detection) => ({ detection, score: attributeScore(expression, detection) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.detection.id.localeCompare(b.detection.id));
  const floor = scored.length === 0 ? 0 : scored[0].score * RIVAL_SHARE;
  return scored.filter(({ score }) => score >= floor).map(({ detection }) => detection);
}

/** Everything in the scene that fits all the words: the order of narrowing is what, where, and only then which. */
export function candidates(
  expression: ReferringExpression,
  scene: Scene,
  memory: ReferenceMemory,
): readonly Detection[] {
  if (expression.pronoun === true && expression.kinds.length === 0) {
    return scene.detections.filter((d) => d.id === memory.lastId);
  }
  const all = expression.quantifier === "all" || expression.ordinal !== undefined;
  let things = byAttributes(expression, scene, memory);
  if (expression.state !== undefined) {
    const wanted = expression.state;
    const fitting = things.filter((d) => stateOf(d) === wanted);
    // An ajar drawer is "the open one" only where no drawer is properly open.
    things = fitting.length > 0 || wanted !== "open" ? fitting : things.filter((d) => stateOf(d) === "ajar");
  }
  for (const clause of expression.relations) things = narrowByRelation(clause, things, scene, all);
  if (expression.except !== undefined) {
    const out = new Set(candidates({ ...expression.except, quantifier: "all" }, scene, memory).map((d) => d.id));
    things = things.filter((d) => !out.has(d.id));
  }
  if (expression.size !== undefined) things = narrowBySize(things, expression.size, expression.quantifier === "all");
  if (expression.nearestTo !== undefined) things = narrowByDistance(expression.nearestTo, things, scene);
  if (expression.extreme !== undefined) things = narrowByExtreme(things, expression.extreme);
  if (expression.ordinal !== undefined)
    things = narrowByOrdinal(things, expression.ordinal.index, expression.ordinal.from);
  if (expression.side !== undefined) things = narrowBySide(things, expression.side);
  return things;
}

/** The things meant by the words, measured in metres. `any` takes the one nearest to the robot; `all` may still be one. */
export function resolve(expression: ReferringExpression, scene: Scene, memory: ReferenceMemory = {}): Resolution {
  const things = candidates(expression, scene, memory);
  if (things.length === 0) return { status: "none" };
  if (things.length === 1) return { status: "one", detection: things[0] };
  if (expression.quantifier === "any") {
    const [nearest] = narrowByExtreme(things, "nearest");
    return { status: "one", detection: nearest };
  }
  return { status: "many", detections: things };
}
