import { ControllerError } from "../../../domain/errors.js";
import type { Receipt } from "../../../domain/receipt.js";
import type { Look } from "../../../ports/perception.js";
import type { Verdict } from "../../verify/verdict.js";
import { verifyEffect } from "../../verify/verify-effect.js";
import { checkClaim } from "../check-claim.js";
import { endMission, type MissionContext, type Next, type PendingStep } from "../mission-context.js";
import { takeLook } from "./perceive.js";
import { looking, record, replan, type StageDeps } from "./stage-deps.js";

type Target = "perceiving" | "done" | "given-up" | "failed";

/** Looks at what a step has done, or at whether the planner's `done` holds. Whatever goes wrong while looking is not verified. */
export async function verify(deps: StageDeps, context: MissionContext, signal: AbortSignal): Promise<Next<Target>> {
  if (context.pending !== undefined) return verifyStep(deps, context, context.pending, signal);
  if (context.claim !== undefined) return verifyClaim(deps, context, context.claim, signal);
  throw new ControllerError("internal", "There is nothing to verify.");
}

async function verifyStep(
  deps: StageDeps,
  context: MissionContext,
  pending: PendingStep,
  signal: AbortSignal,
): Promise<Next<Target>> {
  let seen = await judge(deps, context, signal, (after) =>
    verifyEffect(pending.effect, { before: pending.before, after }),
  );
  if (!seen.verdict.verified && seen.look !== undefined) {
    // One picture can mislead both ways; a verdict of failure costs a whole new plan, so it takes two.
    seen = await judge(deps, context, signal, (after) =>
      verifyEffect(pending.effect, { before: pending.before, after }),
    );
  }
  const { look, verdict } = seen;
  if (!verdict.verified && verdict.code === "dropped") deps.hand.grip = undefined;

  const receipt = receiptOf(pending, verdict);
  const update = {
    ...record(deps, context, receipt),
    pending: undefined,
    effects: [...context.effects, { ...pending, verified: verdict.verified }],
    ...(look && { look }),
    lookIsCurrent: look !== undefined,
  };
  return verdict.verified ? { next: "perceiving", update } : replan(deps, context, update);
}

async function verifyClaim(
  deps: StageDeps,
  context: MissionContext,
  claim: string,
  signal: AbortSignal,
): Promise<Next<Target>> {
  const { look, verdict } = await judge(deps, context, signal, (after) =>
    checkClaim({ claim, history: context.history, effects: context.effects, look: after, grip: deps.hand.grip }),
  );
  const step = context.steps + 1;
  const action = { action: "done", evidence: claim } as const;
  const repeated = context.history.at(-1)?.action.action === "done";
  const kept = record(deps, context, receiptOf({ step, action, evidence: {} }, verdict));
  const update = { ...kept, ...(look && { look }), lookIsCurrent: look !== undefined, claim: undefined };
  if (verdict.verified) {
    const ending = endMission("done", update, { message: claim });
    return { next: "done", update: { ...update, ...ending.update } };
  }
  if (!repeated) return replan(deps, context, update);
  // The planner has been told and insists: it has nothing better to offer.
  const ending = endMission("failed", update, { code: verdict.code, message: verdict.message });
  return { next: "failed", update: { ...update, ...ending.update } };
}

async function judge(
  deps: StageDeps,
  context: MissionContext,
  signal: AbortSignal,
  verdictOf: (look: Look) => Verdict,
): Promise<{ look?: Look; verdict: Verdict }> {
  const limit = looking(deps, signal);
  try {
    const look = await takeLook(deps, context.instruction, limit.signal);
    return { look, verdict: verdictOf(look) };
  } catch (error) {
    if (signal.aborted) throw error;
    const why = limit.expired() ? "looking took too long" : error instanceof Error ? error.message : String(error);
    const message = `Could not verify: ${why}`;
    return { verdict: { verified: false, code: "not-verified", message, evidence: { note: message } } };
  } finally {
    limit.cancel();
  }
}

function receiptOf(
  { step, action, evidence }: Pick<PendingStep, "step" | "action" | "evidence">,
  verdict: Verdict,
): Receipt {
  const seen = { ...evidence, ...verdict.evidence };
  if (verdict.verified) return { step, action, grade: "verified", evidence: seen };
  return { step, action, grade: "failed", code: verdict.code, message: verdict.message, evidence: seen };
}
