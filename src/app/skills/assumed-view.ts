import type { Frame } from "../../domain/frame.js";
import type { RgbPicture } from "../../ports/model-client.js";
import { createScene } from "../../../sim/index.js";

/**
 * A picture from a file as a frame: it is taken to come from a head camera like the simulated kitchen's, scaled to the picture's
 * longer side (an upright picture is from the same camera, turned). Distances read off it are as good as that assumption.
 */
export function assumedFrame({ width, height, rgb }: RgbPicture): Frame {
  const { horizontalFovRad, poseInBase } = createScene("kitchen", 1).headCamera;
  const focal = Math.max(width, height) / 2 / Math.tan(horizontalFovRad / 2);
  return {
    camera: "file",
    sequence: 1,
    capturedAtMs: 0,
    width,
    height,
    rgb,
    intrinsics: { fx: focal, fy: focal, cx: width / 2, cy: height / 2 },
    poseInBase,
  };
}
