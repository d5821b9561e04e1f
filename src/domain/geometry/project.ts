import type { Frame } from "../frame.js";
import { toLocalPoint, transformPoint } from "./pose.js";
import type { Vec3 } from "./vec3.js";

type CameraView = Pick<Frame, "width" | "height" | "intrinsics" | "poseInBase">;

/** Image point (x, y in 0..1, z metres along the optical axis) to metres in the base frame. */
export function deproject(view: CameraView, point: { x: number; y: number; z: number }): Vec3 {
  const { fx, fy, cx, cy } = view.intrinsics;
  const xM = ((point.x * view.width - cx) / fx) * point.z;
  const yM = ((point.y * view.height - cy) / fy) * point.z;
  return transformPoint(view.poseInBase, [xM, yM, point.z]);
}

/** Metres in the base frame to an image point. `z` is negative behind the camera; x and y may fall outside 0..1. */
export function project(view: CameraView, pointInBase: Vec3): { x: number; y: number; z: number } {
  const { fx, fy, cx, cy } = view.intrinsics;
  const [xM, yM, z] = toLocalPoint(view.poseInBase, pointInBase);
  const depth = Math.abs(z) < 1e-9 ? 1e-9 : z;
  return { x: ((xM / depth) * fx + cx) / view.width, y: ((yM / depth) * fy + cy) / view.height, z };
}
