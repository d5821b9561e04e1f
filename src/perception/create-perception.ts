import { setImmediate } from "node:timers/promises";
import { ControllerError } from "../domain/errors.js";
import type { Camera } from "../ports/camera.js";
import type { Clock } from "../ports/clock.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";
import type { Grounder } from "../ports/grounder.js";
import type { Perception } from "../ports/perception.js";
import type { Robot } from "../ports/robot.js";
import { freeSpotSteps } from "./free-spots.js";
import { markHeld } from "./mark-held.js";
import { measureFrame } from "./measure-frame.js";
import type { RoomHeights } from "./room-heights.js";
import { createTracker } from "./tracker.js";

export interface PerceptionOptions {
  readonly camera: Camera;
  readonly grounder: Grounder;
  readonly depth: DepthEstimator;
  readonly robot: Pick<Robot, "state">;
  readonly clock: Clock;
  /** Oldest picture that may be looked at, milliseconds. */
  readonly maxFrameAgeMs: number;
  /** Heights of the room's surfaces, where they are known: for cameras without a depth sensor. */
  readonly heights?: RoomHeights;
}

const calledOff = (): ControllerError =>
  new ControllerError("aborted", "The look was called off while it was being read.");

/**
 * Frame to Scene: ground and estimate depth, measure each thing, track, find free places. Closes its grounder
 * and depth estimator; the camera is its owner's to close.
 */
export function createPerception(options: PerceptionOptions): Perception {
  const { camera, grounder, depth: depthEstimator, robot, clock, maxFrameAgeMs, heights = {} } = options;
  const tracker = createTracker();

  return {
    name: grounder.name,
    async look({ phrases, held, signal }) {
      const frame = await camera.latest({ maxAgeMs: maxFrameAgeMs, signal });
      const ageMs = clock.nowMs() - frame.capturedAtMs;
      if (ageMs > maxFrameAgeMs) {
        throw new ControllerError(
          "stale-frame",
          `Picture ${frame.sequence} of camera "${frame.camera}" is ${Math.round(ageMs)} ms old; the limit is ${maxFrameAgeMs} ms. Check the camera and its clock.`,
        );
      }
      const [robotState, groundings, delivered] = await Promise.all([
        robot.state(),
        grounder.ground(frame, { phrases, signal }),
        depthEstimator.estimate(frame, { signal }),
      ]);
      if (signal?.aborted) throw calledOff();

      const { measured, depth } = await measureFrame(frame, {
        depth: delivered,
        groundings,
        heights,
        ...(held === undefined ? {} : { holdingAt: robotState.toolPoseInBase.position }),
      });
      await setImmediate();
      if (signal?.aborted) throw calledOff();
      const detections = tracker.update({
        view: frame,
        depth,
        sequence: frame.sequence,
        capturedAtMs: frame.capturedAtMs,
        basePoseInOdom: robotState.basePoseInOdom,
        measurements: markHeld(measured, robotState, held),
      });
      const spots = await inTurns(freeSpotSteps({ view: frame, depth, detections }));
      const { camera: cameraName, sequence, capturedAtMs, width, height, intrinsics, poseInBase } = frame;
      return {
        scene: {
          view: { camera: cameraName, sequence, capturedAtMs, width, height, intrinsics, poseInBase },
          detections,
          robot: robotState,
          freeSpots: spots,
          held,
          depthSource: depth.source,
        },
        frame,
        depth,
      };
    },
    reset: () => tracker.reset(),
    async close() {
      await Promise.all([grounder.close(), depthEstimator.close()]);
    },
  };
}

/** Runs work that comes in steps, the event loop having its turn between them. */
async function inTurns<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    await setImmediate();
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
