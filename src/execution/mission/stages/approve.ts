import { isMoving } from "../../../domain/action.js";
import { ControllerError } from "../../../domain/errors.js";
import { raceAbort } from "../abort.js";
import { endMission, type MissionContext, type Next } from "../mission-context.js";
import { record, replan, type StageDeps } from "./stage-deps.js";

/** The first gate. A refusal goes back to the planner as a receipt with the bound that was hit. */
export async function approve(
  deps: StageDeps,
  context: MissionContext,
): Promise<Next<"executing" | "perceiving" | "given-up" | "failed">> {
  const { proposed, look } = context;
  if (proposed === undefined || look === undefined)
    throw new ControllerError("internal", "There is no plan to approve.");
  const verdict = deps.approvePlan(proposed, {
    scene: look.scene,
    nowMs: deps.clock.nowMs(),
    history: context.history,
  });
  if (verdict.ok) {
    deps.emit({ event: "plan-verdict", approved: true });
    return { next: "executing", update: { plan: verdict.value, cursor: 0 } };
  }
  const { code, message, details } = verdict;
  deps.emit({ event: "plan-verdict", approved: false, code, message, ...(details && { details }) });
  const index = typeof details?.step === "number" ? details.step : proposed.steps.findIndex(isMoving);
  const action = proposed.steps[index] ?? proposed.steps[0];
  const step = context.steps + 1;
  const kept = record(deps, context, { step, action, grade: "refused", code, message, details, evidence: {} });
  return replan(deps, context, { ...kept, steps: step });
}

/** Shows the step to a person and waits for their word. Silence is a no. */
export async function askOperator(
  deps: StageDeps,
  context: MissionContext,
  signal: AbortSignal,
): Promise<Next<"executing" | "given-up" | "failed">> {
  const action = context.plan?.steps[context.cursor];
  if (action === undefined || context.look === undefined || deps.approvals === undefined) {
    throw new ControllerError("internal", "There is no step to ask a person about.");
  }
  const { scene } = context.look;
  const step = context.steps + 1;
  const reason = deps.approvals.required(action, scene) ?? "this step needs a person's word";
  const request = { step, action, reason, scene, instruction: context.instruction };
  const answer = await raceAbort(deps.approvals.ask(request, { signal }), signal);
  if (answer === "approved") return { next: "executing", update: { allowedCursor: context.cursor } };

  const code = answer === "expired" ? "expired" : "not-approved";
  const message = answer === "expired" ? "Nobody allowed the step in time." : "A person did not allow the step.";
  const kept = record(deps, context, { step, action, grade: "refused", code, message, evidence: {} });
  return endMission("given-up", kept, { code, message });
}
