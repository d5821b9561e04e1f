import type { Pose, Pose2d } from "./geometry/pose.js";

export interface RobotState {
  readonly timeMs: number;
  /** Radians (or metres for sliding joints), in the order of the robot model's joints. */
  readonly jointPositions: readonly number[];
  /** Tool centre point, between the fingertips, in the base frame: z out of the hand, y along the finger opening. */
  readonly toolPoseInBase: Pose;
  readonly basePoseInOdom: Pose2d;
  readonly gripper: {
    /** Distance between the fingertips. */
    readonly widthM: number;
    /** True when the fingers are pressed on something. */
    readonly inContact: boolean;
    readonly moving: boolean;
  };
  readonly stopped: boolean;
}
