import type { Moderator } from "../adapters/moderation/index.js";
import type { Action } from "../domain/action.js";
import type { Plan } from "../domain/plan.js";
import { fail, type Failure } from "../domain/result.js";
import type { PlanFailure, Planner } from "../ports/planner.js";

/** What the gate made of some words. */
export interface ModerationNote {
  readonly what: string;
  readonly passed: boolean;
  readonly text: string;
}

export interface ModeratePlannerOptions {
  readonly moderator: Moderator;
  /** Told of every verdict, for events. Never holds the words themselves. */
  readonly onVerdict: (note: ModerationNote) => void;
}

/** A gate forgets what it has judged after so many texts. */
const MOST_REMEMBERED = 256;

/**
 * A planner behind a gate for words: what a person says is judged before it is planned, and what the planner would have the robot
 * say or ask before anybody hears it. Only `ok` and `allowed` pass; a judge who is away has let nothing pass. What the robot may do is
 * none of its business: the safety limits hold with or without it.
 */
export function moderatePlanner(planner: Planner, { moderator, onVerdict }: ModeratePlannerOptions): Planner {
  const passed = new Set<string>();

  /** Undefined when the words pass. */
  async function judge(what: string, text: string, signal: AbortSignal): Promise<Failure<PlanFailure> | undefined> {
    if (text.trim() === "" || passed.has(text)) return undefined;
    const verdict = await moderator.check(text, { signal });
    if (verdict.ok && verdict.value.allowed) {
      if (passed.size >= MOST_REMEMBERED) passed.clear();
      passed.add(text);
      onVerdict({ what, passed: true, text: `moderation ${moderator.name}: ${what} passed` });
      return undefined;
    }
    const why = verdict.ok
      ? verdict.value.categories.join(", ") || "no category given"
      : `${verdict.code}: ${verdict.message}`;
    const message = verdict.ok
      ? `The ${what} did not pass ${moderator.name} (${why}).`
      : `The ${what} could not be judged by ${moderator.name}, so it does not pass (${why}).`;
    onVerdict({ what, passed: false, text: `moderation: ${message}` });
    const details = {
      moderator: moderator.name,
      what,
      ...(verdict.ok ? { categories: verdict.value.categories } : { reason: verdict.code }),
    };
    return fail(verdict.ok ? "forbidden" : "planner-failed", message, details);
  }

  return {
    name: planner.name,
    scripted: planner.scripted,
    async plan(request, options) {
      const heard: readonly (readonly [string, string])[] = [
        ["instruction", request.instruction],
        ...request.answers.map(({ answer }) => ["answer", answer] as const),
      ];
      for (const [what, text] of heard) {
        const refusal = await judge(what, text, options.signal);
        if (refusal !== undefined) return refusal;
      }
      const plan = await planner.plan(request, options);
      if (!plan.ok) return plan;
      return (await judge("planner's words", wordsOf(plan.value), options.signal)) ?? plan;
    },
    async close() {
      await planner.close();
      await moderator.close();
    },
  };
}

/** Everything in a plan that people hear or read as the robot's own words, one line each. */
export const wordsOf = ({ steps, rationale }: Plan): string =>
  [...(rationale === undefined ? [] : [rationale]), ...steps.flatMap(spoken)].join("\n");

function spoken(action: Action): readonly string[] {
  switch (action.action) {
    case "say":
      return [action.text];
    case "ask":
      return [action.question, ...action.choices];
    case "give-up":
      return [action.reason];
    case "done":
    case "approach":
    case "grasp":
    case "move":
    case "place":
    case "release":
    case "open":
    case "close":
    case "push":
    case "look":
    case "wait":
      return [];
  }
}
