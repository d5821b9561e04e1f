import type { Pose, Pose2d } from "../domain/geometry/pose.js";
import type { RobotModel } from "../domain/kinematics/robot-model.js";
import type { FailureCode } from "../domain/receipt.js";
import type { Result } from "../domain/result.js";
import type { RobotState } from "../domain/robot-state.js";

/** What was really commanded, after the robot's own clipping, and what was reached. */
export interface MotionReport {
  readonly commanded: Pose;
  readonly reached: Pose;
  /** Distance between the two, metres. */
  readonly errorM: number;
}

export interface GripperReport {
  readonly commandedWidthM: number;
  readonly widthM: number;
  /** The fingers stopped on something before they reached the commanded width. */
  readonly stalled: boolean;
}

export type MotionFailure = Extract<
  FailureCode,
  | "out-of-reach"
  | "joint-limit"
  | "stopped"
  | "timeout"
  | "link-lost"
  | "unsupported"
  | "not-moved"
  | "keep-out"
  | "outside-workspace"
  | "too-fast"
  | "too-strong"
  | "rate-limit"
  | "bad-action"
  | "stale-frame"
>;

export interface MoveOptions {
  readonly signal: AbortSignal;
}

/**
 * A body. Long calls resolve when the motion has settled; an expected failure is a value with a code, a broken link throws
 * `robot-disconnected`. Nothing is queued: a call while another motion runs is a bug and throws.
 */
export interface Robot {
  readonly name: string;
  readonly model: RobotModel;
  connect(): Promise<void>;
  state(): Promise<RobotState>;
  /** Straight line of the tool centre point in the base frame, orientation interpolated along it. */
  moveTool(poseInBase: Pose, options: MoveOptions & { speedMps: number }): Promise<Result<MotionReport, MotionFailure>>;
  /** Straight line in joint space, for folding the arm away and for leaving awkward places. */
  moveJoints(
    positions: readonly number[],
    options: MoveOptions & { speedRadps: number },
  ): Promise<Result<MotionReport, MotionFailure>>;
  setGripper(widthM: number, options: MoveOptions & { forceN: number }): Promise<Result<GripperReport, MotionFailure>>;
  moveBase(poseInOdom: Pose2d, options: MoveOptions): Promise<Result<Pose2d, MotionFailure>>;
  /** Points the head camera: pan left positive, tilt down positive, radians from its home direction. */
  look(panRad: number, tiltRad: number, options: MoveOptions): Promise<Result<void, MotionFailure>>;
  /** Lets time pass, the robot holding still. */
  wait(seconds: number, options: MoveOptions): Promise<Result<void, MotionFailure>>;
  /** Zero command at once, in any state, any number of times; latches until `reset`. Synchronous: nothing can be ahead of it. */
  halt(): void;
  /** Clears a halt. Only ever called on a person's word. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
