import type { Action } from "../domain/action.js";
import { formatAction } from "../domain/action.js";
import { fail, ok } from "../domain/result.js";
import type { Planner } from "../ports/planner.js";

/** A planner that can be told one action by a person, beside what its own planner makes of instructions. */
export interface ProposingPlanner {
  readonly planner: Planner;
  /** The instruction that stands for the action: a mission run with it carries the action out, and nothing else. */
  propose(action: Action): string;
}

/**
 * Lets an operator's click become a mission of one action: the action goes through both gates, and is verified, like any step that
 * a planner thought of. Words that happen to be the same text as a proposal are no proposal.
 */
export function withProposals(planner: Planner): ProposingPlanner {
  let proposed: { readonly action: Action; readonly instruction: string } | undefined;
  return {
    propose(action) {
      proposed = { action, instruction: formatAction(action) };
      return proposed.instruction;
    },
    planner: {
      name: planner.name,
      scripted: planner.scripted,
      close: () => planner.close(),
      async plan(request, options) {
        if (proposed === undefined || request.instruction !== proposed.instruction) {
          proposed = undefined;
          return planner.plan(request, options);
        }
        const last = request.history.at(-1);
        if (last === undefined) return ok({ steps: [proposed.action], rationale: "An operator asked for it." });
        proposed = undefined;
        if (last.grade === "verified") {
          return ok({ steps: [{ action: "done", evidence: `${last.action.action} was verified` }] });
        }
        return fail("planner-failed", last.message ?? `The step ended ${last.grade}; choose again.`, {
          code: last.code ?? last.grade,
        });
      },
    },
  };
}
