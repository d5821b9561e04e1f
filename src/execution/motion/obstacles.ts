import type { Extent } from "../../domain/detection.js";
import { prepareBox, flatSegmentBoxDistance } from "../../domain/kinematics/box-distance.js";
import { writeCapsules } from "../../domain/kinematics/capsules.js";
import type { LinkCapsule, RobotModel } from "../../domain/kinematics/robot-model.js";
import type { Scene } from "../../domain/scene.js";
import { topOf } from "../footprint.js";
import { solidsOf } from "./solids.js";

const BELOW_SURFACE_M = 0.003;

/** Things that the arm should not touch: everything seen that is solid, but for those named and what is in the hand. */
export function obstaclesOf(scene: Scene, except: readonly string[] = []): readonly Extent[] {
  return scene.detections.filter((d) => d.held !== true && !except.includes(d.id)).flatMap(solidsOf);
}

/**
 * The counter or table, and the robot's own base, as one block for ways through free space: everything below the lowest free
 * spot. Empty where no surface was measured.
 */
export function groundOf(scene: Scene): readonly Extent[] {
  if (scene.freeSpots.length === 0) return [];
  const level = Math.min(...scene.freeSpots.map((spot) => spot.positionInBase[2])) - BELOW_SURFACE_M;
  return [{ center: [0.4, 0, level - 0.5], sizeM: [1.6, 2.4, 1], yawRad: 0 }];
}

/** Height above which nothing stands: the highest thing or place seen, but no higher than things on a shelf are. */
export function highestTop(scene: Scene): number {
  const tops = scene.detections.filter((d) => d.held !== true).map((d) => topOf(d.extentInBase));
  return Math.min(1.12, Math.max(0.75, ...tops));
}

/** Shape of a held load under the hand, for clearance: a segment along the tool axis. */
export const loadCapsule = (model: RobotModel, bottomBelowToolM: number, radiusM: number): LinkCapsule => ({
  link: model.joints.length,
  from: [0, 0, 0],
  to: [0, 0, Math.max(0, bottomBelowToolM - radiusM)],
  radiusM,
});

/** Least distance of the moving arm from the boxes over joint positions; Infinity without boxes. Negative: they overlap. */
export function clearanceOf(
  model: RobotModel,
  path: readonly (readonly number[])[],
  boxes: readonly Extent[],
  load: readonly LinkCapsule[] = [],
): number {
  if (boxes.length === 0) return Infinity;
  // The base and the first links never come near things; leaving them out saves half of the work.
  const shapes = [...model.capsules.filter((capsule) => capsule.link >= 2), ...load];
  const prepared = boxes.map(prepareBox);
  const flat = new Float64Array(shapes.length * 6);
  let least = Infinity;
  for (const q of path) {
    writeCapsules(model, q, shapes, flat);
    for (const [i, shape] of shapes.entries()) {
      for (const box of prepared) least = Math.min(least, flatSegmentBoxDistance(flat, i * 6, box) - shape.radiusM);
    }
  }
  return least;
}
