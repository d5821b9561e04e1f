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
  const clean = hasBroken(depthM) ? depthM.map((metres) => (metres >= 0 && metres < Infinity ? metres : 0)) : depthM;
  return { width: frame.width, height: frame.height, depthM: clean, source: "sensor" };
}

/** A plain loop: `some` takes two milliseconds for a picture's third of a million readings, and nearly always finds none. */
function hasBroken(depthM: Float32Array): boolean {
  for (let i = 0; i < depthM.length; i++) if (!(depthM[i] >= 0 && depthM[i] < Infinity)) return true;
  return false;
}
