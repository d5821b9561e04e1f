import { ControllerError } from "../../domain/errors.js";
import type { DepthMap, Frame } from "../../domain/frame.js";
import type { DepthEstimator } from "../../ports/depth-estimator.js";
import { copyPicture, openWeights, type WeightsOptions } from "./open-weights.js";
import { scaleInverseDepth } from "./depth-anything/scale-inverse-depth.js";

export interface DepthAnythingOptions extends WeightsOptions {
  /**
   * Heights of the horizontal surfaces that are in view, base frame, metres. Relative weights get their scale from them where the
   * camera measures no depth.
   */
  readonly planesM?: readonly number[];
  /** Metric weights are off by a constant factor on some cameras; their metres are multiplied by this. */
  readonly scale?: number;
}

/**
 * Depth Anything V2 in a worker thread. Metric weights give metres. Relative weights only say what is nearer: they are fitted to
 * the frame's own depth readings or to known planes, and where neither fits, `estimate` rejects with `model-failed` and the
 * reason `no-anchors` or `poor-fit` in its details rather than call them metres.
 */
export async function createDepthAnything(options: DepthAnythingOptions): Promise<DepthEstimator> {
  const { planesM = [], scale = 1 } = options;
  const link = await openWeights("depth-anything-v2", options);
  return {
    name: link.ready.unit === "metres" ? "depth-anything-v2, metric" : "depth-anything-v2, scaled",
    async estimate(frame: Frame, { signal } = {}): Promise<DepthMap> {
      const { picture, transfer } = copyPicture(frame);
      const map = await link.ask({ picture }, { signal, transfer });
      const { width, height, values } = map;
      if (map.unit === "metres") {
        const depthM = values.map((metres) => (metres > 0 && metres < Infinity ? metres * scale : 0));
        return { width, height, depthM, source: "model" };
      }
      const scaled = scaleInverseDepth(map, frame, { planesM });
      if (scaled.ok) return { width, height, depthM: scaled.value.depthM, source: "model" };
      throw new ControllerError("model-failed", scaled.message, {
        details: { reason: scaled.code, ...scaled.details },
      });
    },
    close: () => link.close(),
  };
}
