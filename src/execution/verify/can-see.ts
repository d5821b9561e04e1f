import { project } from "../../domain/geometry/project.js";
import type { Vec3 } from "../../domain/geometry/vec3.js";
import type { Look } from "../../ports/perception.js";

/** Something nearer to the camera than this, in front of the point, hides it. */
const HIDDEN_BY_M = 0.06;

/** True when the point is in the picture and depth shows nothing in front of it: only then is not seeing a thing evidence. */
export function canSee({ scene, depth }: Look, point: Vec3): boolean {
  const image = project(scene.view, point);
  if (image.z <= 0 || image.x < 0 || image.x >= 1 || image.y < 0 || image.y >= 1) return false;
  const column = Math.floor(image.x * depth.width);
  const row = Math.floor(image.y * depth.height);
  const seenM = depth.depthM[row * depth.width + column];
  return seenM > image.z - HIDDEN_BY_M;
}
