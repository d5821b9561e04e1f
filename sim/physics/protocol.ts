import type { Frame } from "../../src/domain/frame.js";
import type { Pose, Pose2d } from "../../src/domain/geometry/pose.js";
import type { Result } from "../../src/domain/result.js";
import type { RobotState } from "../../src/domain/robot-state.js";
import type { GripperReport, MotionFailure, MotionReport } from "../../src/ports/robot.js";
import type { SceneSpec } from "../scenes/scene-spec.js";
import type { Gaze } from "./camera-rig.js";
import type { FrameTruth, TruthSnapshot } from "./truth.js";

/** Pictures that the simulator can take. `room` looks on from outside, for videos only. */
export type CameraName = "head" | "wrist" | "room";

export interface SimulationConfig {
  readonly scene: SceneSpec;
  /** Simulated seconds per second; absent: as fast as possible, and time stands still between motions. */
  readonly rate?: number;
  /** Whether the cameras measure depth. */
  readonly depth: "sensor" | "none";
}

export interface WorkerData {
  readonly config: SimulationConfig;
  readonly control: SharedArrayBuffer;
}

/** Joint positions (radians) and the seconds from the start at which each is passed; straight in joint space in between. */
export interface JointTrajectory {
  readonly waypoints: readonly (readonly number[])[];
  /** Rising; the first is 0. */
  readonly timesS: readonly number[];
}

/** In the base's own frame: forward, left, counter-clockwise. */
export interface BaseVelocity {
  readonly xMps: number;
  readonly yMps: number;
  readonly yawRadps: number;
}

/** Everything that moves, as encoders would tell it. */
export interface BodyJoints {
  readonly timeMs: number;
  readonly arm: { readonly positions: readonly number[]; readonly velocities: readonly number[] };
  /** Opening between the fingertips, metres, and the speed at which it changes. */
  readonly gripper: { readonly widthM: number; readonly speedMps: number; readonly inContact: boolean };
  readonly gaze: Gaze;
  readonly basePoseInOdom: Pose2d;
  readonly baseVelocity: BaseVelocity;
}

/** What can be asked of the physics thread, and what it answers. */
export interface Calls {
  "move-tool": { ask: { motion: number; poseInBase: Pose; speedMps: number }; answer: MotionResult<MotionReport> };
  "move-joints": {
    ask: { motion: number; positions: readonly number[]; speedRadps: number };
    answer: MotionResult<MotionReport>;
  };
  "set-gripper": { ask: { motion: number; widthM: number; forceN: number }; answer: MotionResult<GripperReport> };
  "move-base": { ask: { motion: number; poseInOdom: Pose2d }; answer: MotionResult<Pose2d> };
  "follow-joints": { ask: { motion: number } & JointTrajectory; answer: MotionResult<MotionReport> };
  "drive-base": { ask: { motion: number }; answer: MotionResult<Pose2d> };
  /** Changes what `drive-base` does, at once. */
  "drive-velocity": { ask: { velocity: BaseVelocity; seconds: number }; answer: void };
  joints: { ask: unknown; answer: BodyJoints };
  look: { ask: { motion: number; panRad: number; tiltRad: number }; answer: MotionResult<void> };
  wait: { ask: { motion: number; seconds: number }; answer: MotionResult<void> };
  state: { ask: unknown; answer: RobotState };
  frame: { ask: { camera: "head" | "wrist" }; answer: Frame };
  snapshot: { ask: unknown; answer: TruthSnapshot };
  "frame-truth": { ask: { sequence: number }; answer: FrameTruth | undefined };
  film: { ask: FilmRequest; answer: void };
  "end-film": { ask: { film: number }; answer: void };
}
/** Times in simulated seconds; without `depthEveryS` pictures come without depth. */
export interface FilmRequest {
  readonly film: number;
  readonly camera: CameraName;
  readonly everyS: number;
  readonly depthEveryS?: number;
}
export type CallName = keyof Calls;
export type MotionResult<T> = Result<T, MotionFailure>;

export type Request = { [Name in CallName]: { id: number; name: Name; ask: Calls[Name]["ask"] } }[CallName];

export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly type: "broken"; readonly id: number; readonly message: string }
  | { readonly type: "film-frame"; readonly film: number; readonly frame: Frame };
