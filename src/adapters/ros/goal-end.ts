import type { RosMessage } from "./ros-types.js";

/** How a goal ended, read from the raw status: `result: true` alone says nothing. */
export type GoalEnd =
  | { readonly status: "succeeded"; /** Absent where the result was lost on its way. */ readonly values?: RosMessage }
  | {
      readonly status: "canceled" | "aborted" | "rejected";
      readonly values?: RosMessage;
      readonly text: string;
    }
  /** No sign of life within the accept limit: rejected without an answer, no server, or a bridge that does not pass goals on. */
  | { readonly status: "silent"; readonly text: string }
  /** Did not end within the finish limit; it was cancelled. */
  | { readonly status: "timeout"; readonly text: string }
  | { readonly status: "link-lost"; readonly text: string };

export interface GoalOptions {
  readonly signal: AbortSignal;
  /** What tells that the goal was taken. */
  readonly acceptBy: "feedback" | "finish";
  readonly acceptTimeoutMs: number;
  readonly finishTimeoutMs: number;
}

/** One action server. */
export interface ActionClient {
  readonly action: string;
  /** True once it is known that somebody takes goals; false where nobody does or the graph cannot tell within the limit. */
  ready(timeoutMs: number): Promise<boolean>;
  /** Never rejects but with `robot-disconnected` where the link is down before the goal is out. One goal at a time. */
  send(goal: RosMessage, options: GoalOptions): Promise<GoalEnd>;
  /** Cancels the running goal (ROS 1: every goal of the server) over the stop line. Synchronous, safe at any time. */
  cancel(): void;
  close(): void;
}

/** A goal that was told to stop is waited for no longer than this. */
export const CANCEL_GRACE_MS = 1_000;
