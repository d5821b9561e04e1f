import type { DepthMap, Frame } from "../../domain/frame.js";
import type { RobotState } from "../../domain/robot-state.js";
import { createPerception, createSensorDepth, type RoomHeights } from "../../perception/index.js";
import type { DepthEstimator } from "../../ports/depth-estimator.js";
import type { Grounder } from "../../ports/grounder.js";
import type { Look } from "../../ports/perception.js";

/** Pictures may come from anywhere: there is no robot in them that moved or holds something. */
const NOBODY: RobotState = {
  timeMs: 0,
  jointPositions: [],
  toolPoseInBase: { position: [0, 0, 0], orientation: [0, 0, 0, 1] },
  basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
  gripper: { widthM: 0, inContact: false, moving: false },
  stopped: false,
};

export interface StreamPerceptionOptions {
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  readonly heights: RoomHeights;
}

/** Reads pictures one after the other; things keep their ids from one to the next. */
export interface StreamPerception {
  look(frame: Frame, options: { readonly phrases: readonly string[]; readonly signal: AbortSignal }): Promise<Look>;
}

/** Depth is the picture's own where it has some. The eyes stay their owner's to close. */
export function createStreamPerception({ grounder, depth, heights }: StreamPerceptionOptions): StreamPerception {
  const sensor = createSensorDepth();
  let current: Frame | undefined;
  const now = (): Frame => {
    if (current === undefined) throw new Error("A stream's perception looks only at what it is given.");
    return current;
  };
  const perception = createPerception({
    camera: {
      name: "stream",
      hasDepth: true,
      latest: async () => now(),
      close: async () => undefined,
    },
    grounder,
    depth: {
      name: depth.name,
      estimate: (each, estimateOptions): Promise<DepthMap> =>
        (each.depthM === undefined ? depth : sensor).estimate(each, estimateOptions),
      close: async () => undefined,
    },
    robot: { state: async () => ({ ...NOBODY, timeMs: now().capturedAtMs }) },
    clock: { nowMs: () => now().capturedAtMs },
    maxFrameAgeMs: Infinity,
    heights,
  });
  return {
    look(frame, options) {
      current = frame;
      return perception.look(options);
    },
  };
}
