import type { Pose, Pose2d } from "../../domain/geometry/pose.js";
import type { Result } from "../../domain/result.js";
import type { Camera } from "../../ports/camera.js";
import type { MotionFailure, MotionReport, Robot } from "../../ports/robot.js";
import type { UrdfExtras } from "./write-urdf.js";

/** Everything that moves, as encoders would tell it: radians, metres and seconds. */
export interface JointReadings {
  /** When they were read, by the robot's own clock. */
  readonly timeMs: number;
  readonly arm: { readonly positions: readonly number[]; readonly velocities: readonly number[] };
  readonly gripper: { readonly widthM: number; readonly speedMps: number; readonly inContact: boolean };
  readonly gaze: { readonly panRad: number; readonly tiltRad: number };
  readonly basePoseInOdom: Pose2d;
  readonly baseVelocity: BaseVelocity;
}

/** In the base's own frame: forward, left, counter-clockwise. */
export interface BaseVelocity {
  readonly xMps: number;
  readonly yMps: number;
  readonly yawRadps: number;
}

export interface JointTrajectory {
  readonly waypoints: readonly (readonly number[])[];
  /** Rising seconds from the start; the first is 0. */
  readonly timesS: readonly number[];
}

/** What the Robot port leaves to a robot's own controllers. */
export interface JointControllers {
  joints(): Promise<JointReadings>;
  followJoints(
    trajectory: JointTrajectory,
    options: { readonly signal: AbortSignal },
  ): Promise<Result<MotionReport, MotionFailure>>;
  driveBase(options: { readonly signal: AbortSignal }): Promise<Result<Pose2d, MotionFailure>>;
  /** Counts for `seconds`, unless set anew. */
  setVelocity(velocity: BaseVelocity, seconds: number): void;
}

export interface ServedCamera {
  readonly camera: Camera;
  /** `head_optical`; the topics are `/<camera name>/...`. */
  readonly opticalFrame: string;
  readonly fps: number;
}

/** A robot to be offered to a ROS graph. */
export interface ServedBody {
  readonly robot: Robot & JointControllers;
  readonly cameras: readonly ServedCamera[];
  /** What the robot's description says beside its arm. */
  readonly description: UrdfExtras & { readonly head: NonNullable<UrdfExtras["head"]> };
  /** ROS time (ms since 1970) of a time of the robot's own clock. */
  toRosMs(timeMs: number): number;
}

/** Where a mast's two frames are: the pan link in the base, and the optical frame in the pan link. */
export interface HeadFrames {
  readonly panInBase: Pose;
  readonly opticalInPan: Pose;
}
