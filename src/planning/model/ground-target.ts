import type { Destination } from "../../domain/action.js";
import type { Detection, ImagePoint } from "../../domain/detection.js";
import type { Frame } from "../../domain/frame.js";
import { deproject, project } from "../../domain/geometry/project.js";
import { distance, type Vec3 } from "../../domain/geometry/vec3.js";
import { pointBoxDistance, segmentBoxDistance } from "../../domain/kinematics/box-distance.js";
import type { FreeSpot, Scene } from "../../domain/scene.js";
import { cleanText } from "./clean-text.js";
import type { Fraction } from "./coordinate-convention.js";
import { labelAgrees } from "./label-agrees.js";
import type { NamedTarget } from "./read-target.js";
import type { Problem } from "./read-steps.js";

export interface Ground {
  readonly scene: Scene;
  /** For its depth; without it grounding alone decides. */
  readonly frame?: Frame;
}

/** The part that a target plays: the thing that is handled, or where to. */
export type Role = "thing" | "place";

/** A point may miss the box of what it means by this share of the picture. */
const SLACK = 0.015;
/** Depth under a point and the measured body of the thing may differ by this, metres. */
const DEPTH_AGREES_M = 0.05;
/** Lines of sight are followed this far. */
const FAR_M = 5;
/** Median depth is taken over a square of this many pixels. */
const PATCH = 5;

/**
 * Turns a name or a point into a target with measured coordinates. Where, how deep and what come from the scene; the model only
 * chooses. A point that nothing measured confirms is a problem, not a place.
 */
export function groundTarget(named: NamedTarget, role: Role, path: string, ground: Ground): Destination | Problem {
  const { scene } = ground;
  if (named.detectionId !== undefined) {
    const detection = scene.detections.find(({ id }) => id === named.detectionId);
    if (detection === undefined) {
      const ids = scene.detections.map(({ id }) => id).join(", ");
      return {
        path: `${path}.detectionId`,
        message: `"${cleanText(named.detectionId, 40)}" is not in the scene; its ids are ${ids === "" ? "none" : ids}`,
      };
    }
    return onDetection(named, detection, role, path, ground);
  }
  if (named.point !== undefined) return atPoint(named, named.point, role, path, ground);
  return heldThing(named, role, scene) ?? { path, message: "expected a detectionId of the scene, or a point" };
}

function onDetection(
  named: NamedTarget,
  detection: Detection,
  role: Role,
  path: string,
  ground: Ground,
): Destination | Problem {
  if (!labelAgrees(named.label, detection)) {
    return { path: `${path}.label`, message: `${detection.id} is a ${detection.label}, not a "${named.label}"` };
  }
  const { point } = named;
  if (point === undefined) return target(named, detection.point, detection);
  if (!isUnder(point, detection, role, ground.scene)) {
    return {
      path: `${path}.point`,
      message: `the point is not on ${detection.id}; point at it, or leave the point null`,
    };
  }
  // Where on a place matters ("left on the shelf"); where on a thing is for the grasp to find.
  const z = role === "place" ? depthAt(ground, point) : undefined;
  if (z === undefined || offBody({ ...point, z }, detection, ground.scene) > DEPTH_AGREES_M) {
    return target(named, detection.point, detection);
  }
  return target(named, { ...point, z }, detection);
}

function atPoint(named: NamedTarget, point: Fraction, role: Role, path: string, ground: Ground): Destination | Problem {
  const { scene } = ground;
  const z = depthAt(ground, point);
  const under = scene.detections
    .filter((detection) => isUnder(point, detection, role, scene))
    .filter((detection) => z === undefined || offBody({ ...point, z }, detection, scene) <= DEPTH_AGREES_M)
    .sort((a, b) => sizeUnder(a, point) - sizeUnder(b, point));
  const detection = under.find((candidate) => labelAgrees(named.label, candidate));
  if (detection !== undefined) return onDetection(named, detection, role, path, ground);
  if (role === "place" && under.length === 0) {
    const free = freeAt(point, z, scene);
    if (free !== undefined) return target(named, free);
  }
  const found = under.length === 0 ? "nothing that was measured" : `a ${under[0].label} (${under[0].id})`;
  return {
    path: `${path}.point`,
    message: `the point for "${named.label}" is on ${found}; give the detectionId, or point at the middle of the thing`,
  };
}

/** What is in the hand may be hidden from the camera: it is where the hand is. */
function heldThing(named: NamedTarget, role: Role, scene: Scene): Destination | undefined {
  const { held } = scene;
  if (held === undefined || role === "place") return undefined;
  if (named.label.toLowerCase() !== held.label.toLowerCase()) return undefined;
  const { x, y, z } = project(scene.view, scene.robot.toolPoseInBase.position);
  return target(named, { x: clamp(x, 1), y: clamp(y, 1), z: clamp(z, 20) });
}

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

const target = (named: NamedTarget, point: ImagePoint, detection?: Detection): Destination => ({
  // Words that were seen in the picture pass through here too: cleaned again, since a detection's label was not.
  label: named.label === "" ? cleanText(detection?.label ?? "", 120) || "place" : named.label,
  ...(detection === undefined ? {} : { detectionId: detection.id }),
  x: clamp(point.x, 1),
  y: clamp(point.y, 1),
  z: clamp(point.z, 20),
  ...(named.placement === undefined ? {} : { placement: named.placement as Destination["placement"] }), // checked by planSchema
});

/** On the thing's box in the picture; for places also where the line of sight goes through the measured body: a basin's box is its rim. */
const isUnder = (point: Fraction, detection: Detection, role: Role, { view }: Scene): boolean =>
  within(point, detection) ||
  (role === "place" &&
    segmentBoxDistance(view.poseInBase.position, deproject(view, { ...point, z: FAR_M }), detection.extentInBase) < 0);

const within = ({ x, y }: Fraction, { box }: Detection): boolean =>
  x >= box.x0 - SLACK && x <= box.x1 + SLACK && y >= box.y0 - SLACK && y <= box.y1 + SLACK;

/** Order of what may be meant: on the mask first, then the smaller box, as a bag lies in a drawer and both are under the point. */
function sizeUnder(detection: Detection, { x, y }: Fraction): number {
  const { box, mask } = detection;
  const area = (box.x1 - box.x0) * (box.y1 - box.y0);
  if (mask === undefined) return area;
  const column = Math.floor(((x - box.x0) / (box.x1 - box.x0)) * mask.width);
  const row = Math.floor(((y - box.y0) / (box.y1 - box.y0)) * mask.height);
  const inside = column >= 0 && row >= 0 && column < mask.width && row < mask.height;
  return inside && mask.data[row * mask.width + column] === 1 ? area : area + 1;
}

const offBody = (point: ImagePoint, { extentInBase, positionInBase }: Detection, { view }: Scene): number => {
  const inBase = deproject(view, point);
  return Math.min(pointBoxDistance(inBase, extentInBase), distance(inBase, positionInBase));
};

/** Median of the measured depths about a point, metres; undefined without a sensor or in a hole of its picture. */
function depthAt({ frame, scene }: Ground, { x, y }: Fraction): number | undefined {
  if (frame?.depthM === undefined || frame.sequence !== scene.view.sequence) return undefined;
  const column = Math.min(frame.width - 1, Math.floor(x * frame.width));
  const row = Math.min(frame.height - 1, Math.floor(y * frame.height));
  const depths: number[] = [];
  for (let v = Math.max(0, row - 2); v < Math.min(frame.height, row - 2 + PATCH); v++) {
    for (let u = Math.max(0, column - 2); u < Math.min(frame.width, column - 2 + PATCH); u++) {
      const depth = frame.depthM[v * frame.width + u];
      if (depth > 0 && Number.isFinite(depth)) depths.push(depth);
    }
  }
  return depths.length === 0 ? undefined : depths.sort((a, b) => a - b)[depths.length >> 1];
}

/** The pointed-at place, when its line of sight meets a free circle of a measured surface, and depth (if any) agrees. */
function freeAt(point: Fraction, z: number | undefined, { view, freeSpots }: Scene): ImagePoint | undefined {
  const eye = view.poseInBase.position;
  const ray = deproject(view, { ...point, z: 1 });
  const onRay = (spot: FreeSpot): number => (spot.positionInBase[2] - eye[2]) / (ray[2] - eye[2]);
  const found = freeSpots
    .map((spot) => ({ spot, depth: onRay(spot) }))
    .filter(({ depth }) => depth > 0 && depth < 20 && (z === undefined || Math.abs(depth - z) <= DEPTH_AGREES_M))
    .map(({ spot, depth }) => ({ spot, depth, off: flatDistance(deproject(view, { ...point, z: depth }), spot) }))
    .filter(({ spot, off }) => off <= spot.clearanceM)
    .sort((a, b) => a.off - b.off)[0];
  return found === undefined ? undefined : { ...point, z: found.depth };
}

const flatDistance = ([x, y]: Vec3, { positionInBase }: FreeSpot): number =>
  Math.hypot(x - positionInBase[0], y - positionInBase[1]);
