import type { Answer, Approvals } from "../execution/index.js";
import { approvalReason, type SafetyLimits } from "../safety/index.js";

const YES = /^\s*(y|yes|ok|allow|approve|是|好|可以|同意)/i;

/**
 * Asks a person before an action that the safety limits' mode names. Without anybody to answer every such action is denied:
 * silence is not consent.
 */
export function createApprovals(limits: () => SafetyLimits, answer: Answer | undefined): Approvals {
  return {
    required: (action, scene) => approvalReason(action, { scene, limits: limits() }),
    async ask(request, options) {
      if (answer === undefined) return "denied";
      const text = await answer(`Allow ${request.action.action}? ${request.reason}`, ["yes", "no"], options);
      if (text === undefined) return "expired";
      return YES.test(text) ? "approved" : "denied";
    },
  };
}
