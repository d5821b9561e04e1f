import type { Frame } from "../domain/frame.js";

/** A source of pictures. */
export interface Camera {
  readonly name: string;
  readonly hasDepth: boolean;
  /**
   * The newest picture, not older than `maxAgeMs` by the clock of the camera's robot.
   * Rejects with `stale-frame` when there is none so new, with `camera-unavailable` when the camera is closed.
   */
  latest(options: { maxAgeMs: number; signal?: AbortSignal }): Promise<Frame>;
  /** Safe to call twice. */
  close(): Promise<void>;
}
