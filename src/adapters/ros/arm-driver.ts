import type { Pose } from "../../domain/geometry/pose.js";
import type { Result } from "../../domain/result.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { ActionClient } from "./goal-end.js";

/** How an arm is moved over ROS. Joint positions in the order of the profile's joints. */
export interface ArmDriver {
  readonly client: ActionClient;
  /** Resolves when the robot says that it has arrived. */
  moveTool(
    from: readonly number[],
    poseInBase: Pose,
    options: { readonly signal: AbortSignal; readonly speedMps: number },
  ): Promise<Result<void, MotionFailure>>;
  moveJoints(
    from: readonly number[],
    positions: readonly number[],
    options: { readonly signal: AbortSignal; readonly speedRadps: number },
  ): Promise<Result<void, MotionFailure>>;
}
