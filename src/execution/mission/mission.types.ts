import type { Action } from "../../domain/action.js";
import type { MissionResult } from "../../domain/mission.js";
import type { ApprovedPlan, Plan } from "../../domain/plan.js";
import type { FailureCode, Receipt } from "../../domain/receipt.js";
import type { Result } from "../../domain/result.js";
import type { Scene } from "../../domain/scene.js";
import type { Clock } from "../../ports/clock.js";
import type { EventSink } from "../../ports/event-sink.js";
import type { Perception } from "../../ports/perception.js";
import type { Planner } from "../../ports/planner.js";
import type { Robot } from "../../ports/robot.js";

/** What the mission is doing. The last four end a mission; `disarmed` moves nothing until a person arms it. */
export type TaskState =
  | "disarmed"
  | "ready"
  | "perceiving"
  | "planning"
  | "approving"
  | "awaiting-operator"
  | "executing"
  | "verifying"
  | "done"
  | "given-up"
  | "failed"
  | "stopped";

export type SafetyState = "nominal" | "held" | "stopped";

export interface MissionState {
  readonly task: TaskState;
  readonly safety: SafetyState;
}

export interface MissionLimits {
  /** Most steps that are carried out in one mission (say, ask and done are free). */
  readonly maxSteps: number;
  /** Most plans that are asked for after a refused or failed step. */
  readonly maxReplans: number;
  /** By the mission's clock, and by the timers; time on hold does not count. */
  readonly maxWallTimeMs: number;
  readonly planTimeoutMs: number;
  readonly stepTimeoutMs: number;
  /** One look, perception included. Default: 60 s. */
  readonly lookTimeoutMs?: number;
}

/** Wakes somebody up later. Separate from `Clock`, as a simulated clock stands still while a model thinks. */
export interface Timers {
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** The first gate, with its limits already bound. Only `src/safety` makes an `ApprovedPlan`. */
export type ApprovePlan = (
  plan: Plan,
  context: { readonly scene: Scene; readonly nowMs: number; readonly history: readonly Receipt[] },
) => Result<ApprovedPlan, FailureCode>;

/** What a person sees when asked to allow a step. */
export interface ApprovalRequest {
  readonly step: number;
  readonly action: Action;
  /** Why a person is asked, in words. */
  readonly reason: string;
  readonly scene: Scene;
  readonly instruction: string;
}

export type ApprovalAnswer = "approved" | "denied" | "expired";

export interface Approvals {
  /** The reason why a person must allow this step, or undefined when it may run by itself. */
  required(action: Action, scene: Scene): string | undefined;
  /** Resolves with the person's word, or `expired` when nobody spoke in time. */
  ask(request: ApprovalRequest, options: { signal: AbortSignal }): Promise<ApprovalAnswer>;
}

/** Resolves with what the person said, or undefined when there is nobody to answer. */
export type Answer = (
  question: string,
  choices: readonly string[],
  options: { signal: AbortSignal },
) => Promise<string | undefined>;

/** All that is worth keeping over a restart. Plain JSON. */
export interface MissionSnapshot {
  readonly version: 1;
  readonly savedAtMs: number;
  readonly task: TaskState;
  readonly safety: SafetyState;
  readonly instruction?: string;
  readonly steps: number;
  readonly replans: number;
  readonly history: readonly Receipt[];
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly result?: MissionResult;
}

export interface MissionOptions {
  readonly perception: Perception;
  readonly planner: Planner;
  /** Already guarded: whatever the mission sends has passed `guardRobot`. */
  readonly robot: Robot;
  readonly approvePlan: ApprovePlan;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly sink: EventSink;
  readonly limits: MissionLimits;
  /** Words that matter for an instruction, for grounders that need them. Default: the instruction itself. */
  readonly phrasesOf?: (instruction: string) => readonly string[];
  readonly approvals?: Approvals;
  readonly answer?: Answer;
  /** Called on every transition. Must not throw. */
  readonly persist?: (snapshot: MissionSnapshot) => void;
  /** What was persisted before a restart: shown as `mission.restored`, never resumed by itself. */
  readonly restored?: MissionSnapshot;
  /** Shown in `mission-start`. */
  readonly seed?: number;
}

/** One robot's missions, one at a time. */
export interface Mission {
  readonly state: MissionState;
  /** The mission that a restart interrupted, for people to see. */
  readonly restored?: MissionSnapshot;
  /** A person's word that the robot may move. Without effect while a mission runs or while stopped. */
  arm(): void;
  /**
   * Carries out one instruction. Resolves, never rejects, for everything that can happen to a mission; throws `bad-input`
   * when another mission is still running. An aborted signal is a stop.
   */
  run(instruction: string, options?: { signal?: AbortSignal }): Promise<MissionResult>;
  /** Halts the robot before it returns, in any state, any number of times; latches until `reset`. */
  stop(reason?: string): void;
  /** Interrupts the motion and keeps still, the mission waiting; `resume` looks and plans anew. */
  hold(reason?: string): void;
  resume(): void;
  /** Clears a stop, on a person's word. Leaves the mission disarmed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
