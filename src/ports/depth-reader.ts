import type { DepthMap, Frame } from "../domain/frame.js";
import type { Result } from "../domain/result.js";
import type { BackendFailure } from "./skill-backends.js";

export interface DepthReading {
  readonly depth: DepthMap;
  /** What measured or estimated it, for people. */
  readonly by: string;
}

/** Back end of `depth`. */
export interface DepthReader {
  /** `unsupported` where the picture brings no depth and this back end only passes on what was measured. */
  read(frame: Frame, options: { readonly signal: AbortSignal }): Promise<Result<DepthReading, BackendFailure>>;
  /** 16-bit PNG, millimetres, 0 = unknown; as large as the depth map. */
  toMillimetres(depth: DepthMap): Promise<Uint8Array>;
  /** Colours from near to far with a legend in metres, PNG. */
  toColors(depth: DepthMap): Promise<Uint8Array>;
  /** Binary PLY with colours, metres in the base frame. */
  toPoints(frame: Frame, depth: DepthMap): { readonly bytes: Uint8Array; readonly points: number };
}
