import type { Frame } from "../../domain/frame.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { EventSink } from "../../ports/event-sink.js";

export const EVENT_TOPIC = "/events";
export const LOG_TOPIC = "/log";
export const STATE_TOPIC = "/mission/state";
export const APPROVAL_TOPIC = "/mission/approval";
export const PLANNER_TOPIC = "/planner";
export const PLANNER_PICTURE_TOPIC = "/planner/picture";
export const JOINTS_TOPIC = "/robot/joints";
export const TOOL_TOPIC = "/robot/tool";
export const TRANSFORMS_TOPIC = "/tf";
export const cameraTopic = (camera: string): string => `/camera/${camera}`;
export const depthTopic = (camera: string): string => `/camera/${camera}/depth`;
export const annotationsTopic = (camera: string): string => `/camera/${camera}/annotations`;
export const calibrationTopic = (camera: string): string => `/camera/${camera}/calibration`;

export interface RecordingFile {
  /** Of the first file. */
  readonly path: string;
  /** All files, in order; more than one where the recording was rotated. */
  readonly files: readonly string[];
  readonly messages: number;
  readonly bytes: number;
  /** Messages left out: the disk was slower than they came, or a picture could not be encoded. */
  readonly leftOut: number;
  /** Why the recording ended before the run did. */
  readonly endedEarly?: string;
}

/** Foxglove's log levels. */
export const LEVELS = { debug: 1, info: 2, warning: 3, error: 4 } as const;
export type LogLevel = keyof typeof LEVELS;

/** A question to a model and its raw answer, as the planner tells it. */
export interface RecordedTurn {
  readonly planner: string;
  readonly outcome: string;
  readonly picture?: { readonly mediaType: string; readonly data: Uint8Array };
}

export interface RecordedApproval {
  readonly step: number;
  readonly action: unknown;
  readonly reason: string;
  readonly answer: string;
}

/**
 * A recording in the making: MCAP that grows while the mission runs, so that a killed process loses less than half a second. Never
 * throws into the mission; what goes wrong is told by `onTrouble` and by `close`.
 */
export interface Recorder extends EventSink {
  /**
   * One camera picture, kept as JPEG on `/camera/<name>`; with depth, once a second also as a 16-bit PNG in millimetres (0 = no
   * reading) on `/camera/<name>/depth`. The pixels are copied.
   */
  frame(frame: Pick<Frame, "camera" | "width" | "height" | "rgb" | "depthM" | "capturedAtMs">): void;
  /** Joints and gripper on `/robot/joints`, the tool on `/robot/tool`, both as transforms on `/tf`. */
  robot(state: RobotState, jointNames: readonly string[]): void;
  /** What a model was asked and what it wrote, on `/planner`; the picture it got on `/planner/picture`. */
  turn(turn: RecordedTurn, timeMs: number): void;
  /** What a person was asked to allow, and what they said. */
  approval(approval: RecordedApproval, timeMs: number): void;
  log(level: LogLevel, text: string, timeMs: number): void;
  /** Writes what is pending and the index. Rejects with `recording-failed`. Safe to call twice. */
  close(): Promise<RecordingFile>;
}

export interface RecorderOptions {
  /** Existing files are replaced. */
  readonly path: string;
  /** Timers and time of this machine; without them a chunk is written only when it is full, and nothing is rotated by time. */
  readonly machine?: {
    readonly after: (ms: number, callback: () => void) => () => void;
    readonly nowMs: () => number;
  };
  /**
   * A new file (`run-002.mcap` ...) when one is larger or older. It begins between missions; in the midst of one only when it has
   * come to twice as much, and then with the mission's beginning repeated.
   */
  readonly rotate?: { readonly bytes?: number; readonly ms?: number };
  /** The recording ends, whole, when less than this is free in its folder. */
  readonly minFreeBytes?: number;
  /** Free bytes in a folder. Default: what the file system says. */
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Told once, when the recording ends early. */
  readonly onTrouble?: (message: string) => void;
}
