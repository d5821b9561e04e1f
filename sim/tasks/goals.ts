import { toLocalPoint } from "../../src/domain/geometry/pose.js";
import { rotate, quaternionFromAxisAngle } from "../../src/domain/geometry/quaternion.js";
import { add, type Vec3 } from "../../src/domain/geometry/vec3.js";
import { CLOSED_BELOW_M, OPEN_ABOVE_M } from "../../src/domain/vocabulary.js";
import type { TruthSnapshot } from "../physics/truth.js";
import type { DrawerSpec, RegionSpec, SceneSpec } from "../scenes/scene-spec.js";
import type { Goal } from "./episode.js";

/** The centre of a thing lower than this has left the counter, the table and the sink (its floor is at 0.60 m). */
export const FALLEN_BELOW_M = 0.5;
/** How much higher than before a thing in the hand must be to count as picked up. */
const LIFTED_BY_M = 0.02;
/** Largest free gap between two things' bounding circles that still counts as "next to". */
const NEXT_TO_GAP_M = 0.15;
/** "To the left of" allows this much forward or backward offset ... */
const BESIDE_OFFSET_M = 0.15;
/** ... and this much distance sideways, centre to centre. */
const BESIDE_REACH_M = 0.35;
const BESIDE_MIN_M = 0.03;

type TruthObject = TruthSnapshot["objects"][number];
/** A condition on one moment; `before` is there for conditions on change. */
export type Condition = (after: TruthSnapshot, before: TruthSnapshot) => boolean;

/** All conditions must hold; `partial` is the share of them that do. */
export function allOf(...conditions: readonly Condition[]): Goal {
  return (before, after) => {
    const met = conditions.filter((holds) => holds(after, before)).length;
    return { success: met === conditions.length, partial: met / conditions.length };
  };
}

const objectOf = (truth: TruthSnapshot, id: string): TruthObject => {
  const found = truth.objects.find((object) => object.id === id);
  if (!found)
    throw new Error(`Goal names object "${id}", which is not among ${truth.objects.map((o) => o.id).join(", ")}.`);
  return found;
};

const openingOf = (truth: TruthSnapshot, id: string): number => {
  const found = truth.drawers.find((drawer) => drawer.id === id);
  if (!found)
    throw new Error(`Goal names drawer "${id}", which is not among ${truth.drawers.map((d) => d.id).join(", ")}.`);
  return found.openM;
};

const specOf = <T extends { readonly id: string }>(items: readonly T[], id: string): T => {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error(`Goal names "${id}", which is not among ${items.map((item) => item.id).join(", ")}.`);
  return found;
};

const radiusOf = (object: { readonly sizeM: Vec3 }): number => Math.max(object.sizeM[0], object.sizeM[1]) / 2;
export const isFallen = (object: TruthObject): boolean => object.pose.position[2] < FALLEN_BELOW_M;

const inBox = (center: Vec3, yawRad: number, sizeM: Vec3, point: Vec3): boolean => {
  const local = toLocalPoint({ position: center, orientation: quaternionFromAxisAngle([0, 0, 1], yawRad) }, point);
  return local.every((coordinate, axis) => Math.abs(coordinate) <= sizeM[axis] / 2);
};

/** True when the thing is over the drawer's tray, wherever the tray is now, and its underside is below the tray's top. */
export function isInDrawer(drawer: DrawerSpec, openM: number, object: TruthObject): boolean {
  const slide = rotate(quaternionFromAxisAngle([0, 0, 1], drawer.yawRad), [-openM, 0, 0]);
  const [x, y, z] = object.pose.position;
  const underside: Vec3 = [x, y, z - object.sizeM[2] / 2];
  // Tilted things reach lower than half their height; the margin below the tray's floor is for them.
  const margin = 0.06;
  const center = add(drawer.center, [slide[0], slide[1], -margin / 2]);
  return inBox(center, drawer.yawRad, [drawer.sizeM[0], drawer.sizeM[1], drawer.sizeM[2] + margin], underside);
}

/** True when the centre is in the region's volume. */
export const isInRegion = (region: RegionSpec, point: Vec3): boolean =>
  inBox(region.center, region.yawRad, region.sizeM, point);

/** True when the thing rests in the bowl: its centre over the bowl's opening, and low enough to lie inside it. */
export function isInBowl(object: TruthObject, bowl: TruthObject): boolean {
  const [x, y, z] = object.pose.position;
  const [bowlX, bowlY, bowlZ] = bowl.pose.position;
  if (object.id === bowl.id || Math.hypot(x - bowlX, y - bowlY) > radiusOf(bowl)) return false;
  const rim = bowlZ + bowl.sizeM[2] / 2;
  // A thing longer than the bowl leans on the rim; its centre may then stand a little above it.
  return z > bowlZ - bowl.sizeM[2] / 2 && z < rim + Math.max(...object.sizeM) / 2;
}

/** Between the fingers and lifted: pressing on it where it stands is not picking it up. */
export const held =
  (id: string): Condition =>
  (after, before) => {
    const object = objectOf(after, id);
    return object.held && object.pose.position[2] > objectOf(before, id).pose.position[2] + LIFTED_BY_M;
  };

export const outOfDrawer = (scene: SceneSpec, id: string, drawerId: string): Condition => {
  const drawer = specOf(scene.drawers, drawerId);
  return (after) => {
    const object = objectOf(after, id);
    return !isFallen(object) && !isInDrawer(drawer, openingOf(after, drawerId), object);
  };
};

export const inDrawer = (scene: SceneSpec, id: string, drawerId: string): Condition => {
  const drawer = specOf(scene.drawers, drawerId);
  return (after) => {
    const object = objectOf(after, id);
    return !object.held && isInDrawer(drawer, openingOf(after, drawerId), object);
  };
};

export const inRegion = (scene: SceneSpec, id: string, regionId: string): Condition => {
  const region = specOf(scene.regions, regionId);
  return (after) => {
    const object = objectOf(after, id);
    return !object.held && isInRegion(region, object.pose.position);
  };
};

export const inBowl =
  (id: string, bowlId: string): Condition =>
  (after) => {
    const object = objectOf(after, id);
    return !object.held && isInBowl(object, objectOf(after, bowlId));
  };

/** In one of several bowls, whichever. */
export const inAnyBowl =
  (id: string, bowlIds: readonly string[]): Condition =>
  (after) => {
    const object = objectOf(after, id);
    return !object.held && bowlIds.some((bowlId) => isInBowl(object, objectOf(after, bowlId)));
  };

export const opened =
  (drawerId: string): Condition =>
  (after) =>
    openingOf(after, drawerId) > OPEN_ABOVE_M;

export const closed =
  (drawerId: string): Condition =>
  (after) =>
    openingOf(after, drawerId) < CLOSED_BELOW_M;

/** Put down beside another thing: not held, not on top of or in it, a small gap away at about the same height. */
export const nextTo =
  (id: string, anchorId: string): Condition =>
  (after) => {
    const object = objectOf(after, id);
    const anchor = objectOf(after, anchorId);
    const [x, y, z] = object.pose.position;
    const [anchorX, anchorY, anchorZ] = anchor.pose.position;
    const gap = Math.hypot(x - anchorX, y - anchorY) - radiusOf(object) - radiusOf(anchor);
    const sameSurface = Math.abs(z - object.sizeM[2] / 2 - (anchorZ - anchor.sizeM[2] / 2)) < 0.08;
    return !object.held && sameSurface && gap < NEXT_TO_GAP_M && !isInBowl(object, anchor);
  };

/** As the robot sees it: left is +y of the base frame at the start. */
export const onSideOf =
  (id: string, anchorId: string, side: "left" | "right"): Condition =>
  (after) => {
    const object = objectOf(after, id);
    const [x, y] = object.pose.position;
    const [anchorX, anchorY] = objectOf(after, anchorId).pose.position;
    const sideways = side === "left" ? y - anchorY : anchorY - y;
    const inReach = sideways > BESIDE_MIN_M && sideways < BESIDE_REACH_M;
    return !object.held && !isFallen(object) && inReach && Math.abs(x - anchorX) < BESIDE_OFFSET_M;
  };

/** For goals that speak of a thing's place: nothing else may have been carried off instead. */
export const notMoved =
  (id: string, toleranceM = 0.08): Condition =>
  (after, before) => {
    const [x0, y0, z0] = objectOf(before, id).pose.position;
    const [x1, y1, z1] = objectOf(after, id).pose.position;
    return Math.hypot(x1 - x0, y1 - y0, z1 - z0) < toleranceM;
  };
