import type { Intrinsics } from "../../src/domain/frame.js";

/** Pinhole with square pixels and its principal point in the middle. */
export function intrinsicsFor(camera: {
  readonly width: number;
  readonly height: number;
  readonly horizontalFovRad: number;
}): Intrinsics {
  const { width, height, horizontalFovRad } = camera;
  const focal = width / 2 / Math.tan(horizontalFovRad / 2);
  return { fx: focal, fy: focal, cx: width / 2, cy: height / 2 };
}
