import type { Pose2d } from "../../domain/geometry/pose.js";
import type { Result } from "../../domain/result.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { ActionClient } from "./goal-end.js";

/** How a base is driven over ROS. Poses in the odometry frame. */
export interface BaseDriver {
  /** Absent where the base is driven by velocities. */
  readonly client?: ActionClient;
  drive(to: Pose2d, options: { readonly signal: AbortSignal }): Promise<Result<void, MotionFailure>>;
  /** Zero at once, over the stop line. Never throws. */
  stop(): void;
  close(): void;
}

/** Angle in -pi..pi. */
export const wrap = (angleRad: number): number => Math.atan2(Math.sin(angleRad), Math.cos(angleRad));
