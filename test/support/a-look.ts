import type { Detection } from "../../src/domain/detection.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { IDENTITY_POSE } from "../../src/domain/geometry/pose.js";
import type { FreeSpot, HeldThing } from "../../src/domain/scene.js";
import type { Look } from "../../src/ports/perception.js";
import { project } from "../../src/domain/geometry/project.js";
import { headFrame } from "./fake-perception.js";

export interface ALook {
  readonly detections?: readonly Detection[];
  readonly sequence?: number;
  readonly gripper?: { readonly widthM: number; readonly inContact: boolean };
  readonly tool?: Vec3;
  readonly held?: HeldThing;
  readonly freeSpots?: readonly Vec3[];
  /** What the depth camera sees everywhere. Default: far away, so that nothing hides anything. */
  readonly depthM?: number;
}

/** One look from the head camera, with only what a test cares about. Detections count as seen in it, unless they say another frame. */
export function aLook(options: ALook = {}): Look {
  const { detections = [], sequence = 1, gripper = { widthM: 0.08, inContact: false }, held, depthM = 9 } = options;
  const frame = headFrame(sequence, 0);
  const { rgb: _rgb, depthM: _depthM, ...view } = frame;
  const map = new Float32Array(frame.width * frame.height).fill(depthM);
  const freeSpots = (options.freeSpots ?? []).map((positionInBase): FreeSpot => ({
    positionInBase,
    point: project(frame, positionInBase),
    clearanceM: 0.08,
  }));
  return {
    frame,
    depth: { width: frame.width, height: frame.height, depthM: map, source: "sensor" },
    scene: {
      view,
      detections,
      freeSpots,
      ...(held && { held }),
      depthSource: "sensor",
      robot: {
        timeMs: 0,
        jointPositions: [],
        toolPoseInBase: { ...IDENTITY_POSE, position: options.tool ?? [0, -0.45, 1.15] },
        basePoseInOdom: { xM: 0, yM: 0, yawRad: 0 },
        gripper: { ...gripper, moving: false },
        stopped: false,
      },
    },
  };
}
