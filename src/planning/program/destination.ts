import type { Destination, Placement } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { fail } from "../../domain/result.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Scene } from "../../domain/scene.js";
import { attributesOf, kindOf, stateOf } from "../reference/match-attributes.js";
import { isOnSurface } from "../reference/resolve.js";
import { footprintRadius, groundDistance, holdsRelation } from "../reference/spatial-relation.js";
import { failure, giveUp, settled, type ClauseContext, type ClauseWork } from "./context.js";
import { DEFAULT_RADIUS_M, failedSpots } from "./free-hand.js";
import { placeName } from "./labels.js";
import type { Place } from "./program.js";
import { search } from "./search.js";
import { select } from "./select.js";
import { besideSpot, counterSpots, spotWithin, toDestination } from "./spots.js";

export type DestinationWork =
  | {
      readonly kind: "ready";
      readonly destination: Destination;
      readonly position: Vec3;
      /** A drawer that has to be opened first. */
      readonly closedDrawer?: Detection;
    }
  | { readonly kind: "blocked"; readonly work: ClauseWork };

/** A thing that was to be put beside another, and stands this near to it on the right side, is there. */
const SETTLED_GAP_M = 0.05;

const blocked = (work: ClauseWork): DestinationWork => ({ kind: "blocked", work });

/** The detections that the place's words mean. */
export type Anchors =
  | { readonly kind: "found"; readonly detections: readonly Detection[] }
  | { readonly kind: "blocked"; readonly work: ClauseWork };

export function findAnchors(place: Place, context: ClauseContext, thing: Detection | undefined): Anchors {
  const detections: Detection[] = [];
  const chosen = chosenBefore(context);
  for (const anchor of place.anchors) {
    if (anchor.surface !== undefined) continue;
    const isDecided = anchor.quantifier === "any" && place.anchors.length === 1 && chosen !== undefined;
    const found = select(
      anchor,
      context,
      (d) => (place.shift === true || d.id !== thing?.id) && stateOf(d) !== "closed" && (!isDecided || d.id === chosen),
    );
    if (found.status === "blocked") return { kind: "blocked", work: found.work };
    if (found.status === "none") return { kind: "blocked", work: search(anchor, context) };
    // "between the mugs", "into the bowls": the ones nearest to what is moved come first.
    const usable = found.detections.filter((d) => !detections.some((other) => other.id === d.id));
    const sorted =
      thing === undefined ? usable : [...usable].sort((a, b) => groundDistance(a, thing) - groundDistance(b, thing));
    if (sorted[0] !== undefined) detections.push(sorted[0]);
  }
  return { kind: "found", detections };
}

/** Where this clause has put something already: "all blocks into a bowl" means one bowl, whichever is nearest in a later picture. */
function chosenBefore({ progress, scene }: ClauseContext): string | undefined {
  const last = progress.achieved.findLast(({ action }) => action.action === "move" || action.action === "place");
  const id = last !== undefined && "to" in last.action ? last.action.to.detectionId : undefined;
  return scene.detections.some((d) => d.id === id) ? id : undefined;
}

/** Is the thing there already, so that moving it would be for nothing? */
export function isInPlace(thing: Detection, place: Place, anchors: readonly Detection[], scene: Scene): boolean {
  if (place.anchors.some(({ surface }) => surface !== undefined)) return isOnSurface(thing, scene);
  const [anchor] = anchors;
  if (anchor === undefined || anchor.id === thing.id || place.shift === true) return false;
  if (place.relation === "in" && ["drawer", "shelf"].includes(kindOf(anchor) ?? "") && stateOf(anchor) === "closed")
    return false;
  if (!holdsRelation(place.relation, thing, anchors)) return false;
  if (["in", "on", "between"].includes(place.relation)) return true;
  const gapM =
    groundDistance(thing, anchor) - footprintRadius(anchor.extentInBase) - footprintRadius(thing.extentInBase);
  return gapM <= SETTLED_GAP_M;
}

const placementOf = (relation: Place["relation"]): Placement =>
  relation === "in" || relation === "on" ? relation : "beside";

const noRoom = (place: Place, scene: Scene): DestinationWork =>
  blocked(
    giveUp(`not-placed: I see no free place for it ${place.text}. Make room there, or name another place.`, scene),
  );

/** The point to put a thing down at. `thing` is absent when it is in the hand already. */
export function findDestination(place: Place, context: ClauseContext, thing: Detection | undefined): DestinationWork {
  const { scene, progress } = context;
  const label = placeName(place);
  const request = {
    radiusM: thing === undefined ? heldRadius(scene) : footprintRadius(thing.extentInBase),
    ...(thing === undefined ? {} : { from: thing.extentInBase.center }),
    failed: failedSpots(progress.since, scene),
  };
  if (place.anchors[0].surface !== undefined) {
    if (place.relation !== "on" && place.relation !== "in")
      return blocked(failure(fail("bad-instruction", `I cannot put things ${label}. Say on, or beside a thing.`)));
    const [spot] = counterSpots(scene, request);
    if (spot === undefined) return noRoom(place, scene);
    return { kind: "ready", destination: { label, ...spot.point, placement: "on" }, position: spot.positionInBase };
  }

  const anchors = findAnchors(place, context, thing);
  if (anchors.kind === "blocked") return anchors;
  const [anchor, second] = anchors.detections;
  if (anchor === undefined) return blocked(search(place.anchors[0], context));
  const placement = placementOf(place.relation);
  if (placement === "beside") {
    const extents = (second === undefined ? [anchor] : [anchor, second]).map((d) => d.extentInBase);
    const spot = besideSpot(scene, place.relation, extents, request);
    if (spot === undefined) {
      // Nothing free on that side, but it stands on that side itself: that is as good as it gets.
      const stands =
        thing !== undefined && place.shift !== true && holdsRelation(place.relation, thing, anchors.detections);
      return stands ? blocked(settled(`the ${thing.label} is ${label}`)) : noRoom(place, scene);
    }
    return { kind: "ready", destination: { label, ...spot.point, placement }, position: spot.positionInBase };
  }
  const position = spotWithin(anchor, scene, request);
  const destination =
    position === undefined ? undefined : toDestination(position, scene, { label, placement, detectionId: anchor.id });
  if (position === undefined || destination === undefined) return noRoom(place, scene);
  const state = kindOf(anchor) === "drawer" ? stateOf(anchor) : undefined;
  const closed = state === "closed" || state === "ajar";
  return { kind: "ready", destination, position, ...(closed ? { closedDrawer: anchor } : {}) };
}

const heldRadius = (scene: Scene): number => {
  const size = scene.held?.sizeM;
  return size === undefined ? DEFAULT_RADIUS_M : (size[0] + size[1]) / 4;
};

/** Is the kind of what is held known at all? Held things without one match any words. */
export const hasKnownKind = (held: NonNullable<Scene["held"]>): boolean => attributesOf(held).kind.length > 0;
