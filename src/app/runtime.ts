import type { Action } from "../domain/action.js";
import type { Frame } from "../domain/frame.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import type { MissionResult } from "../domain/mission.js";
import type { RobotState } from "../domain/robot-state.js";
import type { Clock } from "../ports/clock.js";
import type { Look } from "../ports/perception.js";
import type { EventSink } from "../ports/event-sink.js";
import type { MissionState } from "../execution/index.js";
import type { KeepOutZone, SafetyLimits } from "../safety/index.js";
import type { Launch } from "./launch/launch-schema.js";

export type { Answer, ApprovalAnswer, MissionState } from "../execution/index.js";
export type { KeepOutZone, SafetyLimits } from "../safety/index.js";
export type { ApprovalCard, Approve } from "./create-approvals.js";
export type { EventSink } from "../ports/event-sink.js";

/** A file that a mission left behind, or why it could not. */
export interface Artefact {
  readonly kind: "video" | "recording";
  readonly path: string;
  readonly ok: boolean;
  readonly message: string;
}

export interface WatchOptions {
  readonly camera: "head" | "wrist";
  readonly everyS: number;
  readonly sink: (frame: Frame) => void;
}

/** A running stack, as transports see it. */
export interface Runtime {
  readonly launch: Launch;
  /** The instruction that was being carried out when this robot's program last ended; never resumed by itself. */
  readonly interrupted?: string;
  /** Reads events from now on. Returns the function that ends it. */
  subscribe(sink: EventSink): () => void;
  /** Tells everybody who reads events something that no mission says: another voice speaks, for one. */
  note(level: "info" | "warning", text: string): void;
  /**
   * One mission at a time. In the simulator the command arms the robot. What surely is a question ("what do you see?") is answered from
   * a fresh look without moving: `done`, graded `observed`, with the answer as the message and no receipts.
   */
  run(instruction: string, options?: { signal?: AbortSignal }): Promise<MissionResult>;
  /** A mission of one action that a person chose; through both gates and verified, like any other. */
  perform(action: Action, options?: { signal?: AbortSignal }): Promise<MissionResult>;
  readonly state: MissionState;
  /** The mission's clock: that of events and frames. */
  readonly clock: Clock;
  robotState(): Promise<RobotState>;
  /** Pictures of a camera, at most one every `everyS` of the mission's clock. Returns the function that ends it. */
  watch(options: WatchOptions): () => void;
  /** The newest picture of a camera. Rejects with `stale-frame` or `camera-unavailable`. */
  picture(camera: "head" | "wrist", options?: { signal?: AbortSignal }): Promise<Frame>;
  /** Every look that the mission takes: the picture, its depth, and what was found. Returns the function that ends it. */
  onLook(sink: (look: Look) => void): () => void;
  /** Hold to move: the tool goes on while presses keep coming. Refused (false) while a mission runs, is held or is stopped. */
  jog(velocityInBase: Vec3): boolean;
  /** A person's word that a robot may move from now on; gone when its link, its lease or its own stop took the word back. */
  arm(): void;
  /** What is never done, as it stands now. */
  limits(): SafetyLimits;
  /** A person's change of the keep-out boxes; counts from the next plan and the next command on. */
  setKeepOut(zones: readonly KeepOutZone[]): void;
  /** Interrupts the motion and keeps still, the mission waiting; `resume` looks and plans anew. */
  hold(reason?: string): void;
  resume(): void;
  /** Clears a stop, on a person's word. */
  reset(): Promise<void>;
  /** Stops the robot at once and latches; safe at any time, any number of times. */
  stop(): void;
  /** Finishes video and recording and frees everything. Safe to call twice. */
  close(): Promise<readonly Artefact[]>;
}
