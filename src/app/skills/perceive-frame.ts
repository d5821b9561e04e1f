import type { DepthMap, Frame } from "../../domain/frame.js";
import type { RobotState } from "../../domain/robot-state.js";
import { createPerception, createSensorDepth, type RoomHeights } from "../../perception/index.js";
import type { DepthEstimator } from "../../ports/depth-estimator.js";
import type { Grounder } from "../../ports/grounder.js";
import type { Look } from "../../ports/perception.js";

/** A picture may come from anywhere: there is no robot in it that moved or holds something. */
const NOBODY: RobotState = {
  timeMs: 0,
  jointPositions: [],
  toolPoseInBase: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
  basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
  gripper: { widthM: 0, inContact: false, moving: false },
  stopped: false,
};

export interface PerceiveOptions {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  readonly heights: RoomHeights;
  readonly phrases: readonly string[];
  readonly signal: AbortSignal;
}

/** One picture read by itself: no tracks before it and none after. Depth is the picture's own where it has some. */
export async function perceiveFrame(frame: Frame, options: PerceiveOptions): Promise<Look> {
  const { grounder, depth, heights, phrases, signal } = options;
  const sensor = createSensorDepth();
  const perception = createPerception({
    camera: {
      name: frame.camera,
      hasDepth: frame.depthM !== undefined,
      latest: async () => frame,
      close: async () => undefined,
    },
    grounder,
    depth: {
      name: depth.name,
      estimate: (each, estimateOptions): Promise<DepthMap> =>
        (each.depthM === undefined ? depth : sensor).estimate(each, estimateOptions),
      close: async () => undefined,
    },
    robot: { state: async () => ({ ...NOBODY, timeMs: frame.capturedAtMs }) },
    clock: { nowMs: () => frame.capturedAtMs },
    maxFrameAgeMs: Infinity,
    heights,
  });
  return perception.look({ phrases, signal });
}
