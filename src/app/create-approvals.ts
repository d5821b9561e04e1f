import type { Answer, ApprovalAnswer, Approvals, Timers } from "../execution/index.js";
import type { Scene } from "../domain/scene.js";
import type { Clock } from "../ports/clock.js";
import { approvalReason, approvalRequest, type ApprovalRequest, type SafetyLimits } from "../safety/index.js";

/** An approval as an operator gets it: what is asked, and the scene that it rests on. */
export interface ApprovalCard extends ApprovalRequest {
  readonly step: number;
  readonly instruction: string;
  readonly scene: Scene;
  readonly timeoutMs: number;
}

/** Puts a card before a person. Resolves with the person's word; the signal fires when the card has expired. */
export type Approve = (card: ApprovalCard, options: { signal: AbortSignal }) => Promise<ApprovalAnswer>;

export interface ApprovalOptions {
  readonly limits: () => SafetyLimits;
  readonly clock: Clock;
  readonly timers: Timers;
  /** How long a card stands, milliseconds of real time. */
  readonly timeoutMs: number;
  /** Operators with a screen are asked first; else the person at the terminal. */
  readonly approve?: Approve;
  readonly answer?: Answer;
}

const YES = /^\s*(y|yes|ok|allow|approve|是|好|可以|同意)/i;

/**
 * Asks a person before an action that the safety limits' mode names. Without anybody to answer every such action is denied:
 * silence is not consent.
 */
export function createApprovals(options: ApprovalOptions): Approvals {
  const { limits, clock, timers, timeoutMs, approve, answer } = options;
  return {
    required: (action, scene) => approvalReason(action, { scene, limits: limits() }),
    async ask(request, { signal }) {
      if (approve !== undefined) {
        const { action, reason, scene, step, instruction } = request;
        const context = { scene, limits: limits(), reason, nowMs: clock.nowMs(), timeoutMs };
        const card: ApprovalCard = { ...approvalRequest(action, context), step, instruction, scene, timeoutMs };
        const expiry = new AbortController();
        const cancel = timers.after(timeoutMs, () => expiry.abort());
        try {
          return await approve(card, { signal: AbortSignal.any([signal, expiry.signal]) });
        } finally {
          cancel();
        }
      }
      if (answer === undefined) return "denied";
      const text = await answer(`Allow ${request.action.action}? ${request.reason}`, ["yes", "no"], { signal });
      if (text === undefined) return "expired";
      return YES.test(text) ? "approved" : "denied";
    },
  };
}
