import type { DepthEstimator } from "../../src/ports/depth-estimator.js";
import type { SimTruth } from "../physics/truth.js";
import { frameTruth } from "./frame-truth.js";

/** Privileged: the renderer's exact depth, without the sensor's noise, for the rows labelled `oracle`. */
export function createOracleDepth(truth: SimTruth): DepthEstimator {
  return {
    name: "oracle",
    async estimate(frame, options) {
      const { width, height, depthM } = await frameTruth(truth, frame, options?.signal);
      return { width, height, depthM, source: "oracle" };
    },
    async close() {},
  };
}
