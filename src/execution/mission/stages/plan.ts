import { ControllerError } from "../../../domain/errors.js";
import { fail } from "../../../domain/result.js";
import { raceAbort, timeLimit } from "../abort.js";
import { endMission, type MissionContext, type Next } from "../mission-context.js";
import type { StageDeps } from "./stage-deps.js";

/** Failures that are the planner's own, as against its judgement that the instruction cannot be carried out. */
const BROKEN = new Set(["planner-failed", "timeout"]);

/** Asks the planner for the remaining steps. Its failures end the mission: they say what a person has to change. */
export async function plan(
  deps: StageDeps,
  context: MissionContext,
  signal: AbortSignal,
): Promise<Next<"approving" | "given-up" | "failed">> {
  if (context.look === undefined) throw new ControllerError("internal", "Planning needs a look; none was taken.");
  // Every plan is worth at least one step or one replan; a planner that only talks must not talk for ever.
  if (context.plans > 2 * (deps.limits.maxSteps + deps.limits.maxReplans)) {
    return endMission("failed", context, { code: "too-many-replans", message: "The planner makes no progress." });
  }
  const limit = timeLimit([signal], deps.limits.planTimeoutMs, deps.timers);
  const { instruction, history, answers, look } = context;
  const request = { instruction, scene: look.scene, frame: look.frame, history, answers };
  const result = await raceAbort(deps.planner.plan(request, { signal: limit.signal }), limit.signal)
    .catch((error: unknown) => {
      if (!limit.expired()) throw error;
      return fail("timeout", `The planner took longer than ${deps.limits.planTimeoutMs} ms.`);
    })
    .finally(() => limit.cancel());

  if (!result.ok) {
    const question = result.code === "ambiguous" ? questionFrom(result.message, result.details) : undefined;
    const why = { code: result.code, message: result.message, ...(question && { question }) };
    return endMission(BROKEN.has(result.code) ? "failed" : "given-up", context, why);
  }
  const { steps, rationale } = result.value;
  deps.emit({ event: "plan", planner: deps.planner.name, steps, ...(rationale !== undefined && { rationale }) });
  return {
    next: "approving",
    update: {
      proposed: result.value,
      plan: undefined,
      cursor: 0,
      allowedCursor: undefined,
      claim: undefined,
      plans: context.plans + 1,
    },
  };
}

function questionFrom(message: string, details?: Readonly<Record<string, unknown>>) {
  const choices = details?.choices;
  return { text: message, choices: Array.isArray(choices) ? choices.map(String) : [] };
}
