import type { DepthMap, Frame } from "../domain/frame.js";

/** Metric depth for a picture. */
export interface DepthEstimator {
  readonly name: string;
  /** Finite, non-negative metres along the optical axis. Rejects with `model-failed` when inference breaks. */
  estimate(frame: Frame, options?: { signal?: AbortSignal }): Promise<DepthMap>;
  close(): Promise<void>;
}
