import type { Pose } from "./geometry/pose.js";

/** Pinhole camera: focal lengths and principal point in pixels of the frame it came with. No distortion. */
export interface Intrinsics {
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
}

/** One camera picture. */
export interface Frame {
  readonly camera: string;
  readonly sequence: number;
  readonly capturedAtMs: number;
  readonly width: number;
  readonly height: number;
  /** height x width x 3, row-major, 8-bit sRGB. */
  readonly rgb: Uint8Array;
  /** height x width, metres along the optical axis; 0 = no reading. Absent on cameras without a depth sensor. */
  readonly depthM?: Float32Array;
  readonly intrinsics: Intrinsics;
  /** Optical frame (x right, y down, z forward; REP 103) in the base frame. */
  readonly poseInBase: Pose;
}

/** Dense metric depth for one frame. */
export interface DepthMap {
  readonly width: number;
  readonly height: number;
  /** height x width, metres along the optical axis; 0 = unknown. May be coarser than the frame. */
  readonly depthM: Float32Array;
  readonly source: "sensor" | "model" | "oracle";
}
