import type { Target } from "../../domain/action.js";
import type { Detection } from "../../domain/detection.js";
import { deproject } from "../../domain/geometry/project.js";
import { distance, type Vec3 } from "../../domain/geometry/vec3.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import { kindOf } from "../same-thing.js";

/** A detection whose visible point is further than this from where the planner points is not what it means. */
const MEANT_WITHIN_M = 0.08;

/** The place in metres that a target points at. */
export const pointOf = (target: Target, scene: Scene): Vec3 => deproject(scene.view, target);

/** The detection that a target means: by id, or the nearest to the point whose words fit best. */
export function findDetection(target: Target, scene: Scene): Detection | undefined {
  if (target.detectionId !== undefined) return scene.detections.find((d) => d.id === target.detectionId);
  const point = pointOf(target, scene);
  const offBy = (d: Detection): number =>
    distance(d.positionInBase, point) + (target.label.toLowerCase().includes(kindOf(d)) ? 0 : MEANT_WITHIN_M / 2);
  return scene.detections.filter((d) => offBy(d) < MEANT_WITHIN_M).sort((a, b) => offBy(a) - offBy(b))[0];
}

export function requireDetection(target: Target, scene: Scene): Result<Detection, "not-visible"> {
  const found = findDetection(target, scene);
  if (found !== undefined) return ok(found);
  return fail("not-visible", `No "${target.label}" is seen at the point given; choose one of the scene's detections.`, {
    ...(target.detectionId !== undefined && { detectionId: target.detectionId }),
    seen: scene.detections.map((d) => `${d.id} ${d.label}`),
  });
}
