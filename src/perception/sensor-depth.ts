import { ControllerError } from "../domain/errors.js";
import type { DepthMap, Frame } from "../domain/frame.js";
import type { DepthEstimator } from "../ports/depth-estimator.js";

/** Depth as the camera measured it. Frames without depth go to `fallback`, where there is one. */
export function createSensorDepth(options: { fallback?: DepthEstimator } = {}): DepthEstimator {
  const { fallback } = options;
  return {
    name: fallback ? `sensor, else ${fallback.name}` : "sensor",
    async estimate(frame, estimateOptions) {
      if (estimateOptions?.signal?.aborted)
        throw new ControllerError("aborted", "Depth was called off before it began.");
      if (frame.depthM) return fromSensor(frame, frame.depthM);
      if (fallback) return fallback.estimate(frame, estimateOptions);
      throw new ControllerError(
        "model-failed",
        `Camera "${frame.camera}" delivers no depth and no depth model is set; choose one under perception.depth.`,
      );
    },
    async close() {
      await fallback?.close();
    },
  };
}

function fromSensor(frame: Frame, depthM: Float32Array): DepthMap {
  const expected = frame.width * frame.height;
  if (depthM.length !== expected) {
    throw new ControllerError(
      "model-failed",
      `Camera "${frame.camera}" sent ${depthM.length} depth values for ${frame.width} x ${frame.height} pixels; expected ${expected}.`,
    );
  }
  // Some sensors mark "no reading" with NaN or infinity; the port's contract is 0.
  const broken = depthM.some((metres) => !(metres >= 0 && metres < Infinity));
  const clean = broken ? depthM.map((metres) => (metres >= 0 && metres < Infinity ? metres : 0)) : depthM;
  return { width: frame.width, height: frame.height, depthM: clean, source: "sensor" };
}
