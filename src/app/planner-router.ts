import type { Timers } from "../execution/mission/mission.types.js";
import { ControllerError } from "../domain/errors.js";
import type { Plan } from "../domain/plan.js";
import { fail, type Failure, type Result } from "../domain/result.js";
import type { PlanFailure, Planner, PlanRequest } from "../ports/planner.js";

/** A planner gave way to the next one. */
export interface PlannerSwitch {
  readonly from: string;
  readonly to: string;
  readonly code: PlanFailure;
  readonly message: string;
}

export interface PlannerRouterOptions {
  /** Told of every switch, so that no one takes one planner's work for another's. */
  readonly onSwitch?: (change: PlannerSwitch) => void;
  /** Time for each planner but the last, which has all that is left; without it a planner that hangs keeps the turn. */
  readonly limitMs?: number;
  readonly timers?: Timers;
}

/**
 * True for what another planner may do better: broken servers, and words that this one does not know. That a thing is not in sight
 * or that two fit is a judgement, and asking around until someone disagrees would be wrong.
 */
function worthAnother(code: PlanFailure): boolean {
  switch (code) {
    case "planner-failed":
    case "timeout":
    case "unsupported":
    case "unknown-word":
    case "bad-instruction":
      return true;
    case "not-visible":
    case "ambiguous":
    case "forbidden":
      return false;
  }
}

const isJudgement = (code: PlanFailure): boolean => code === "unknown-word" || code === "bad-instruction";

/**
 * Asks planners in order until one has a plan. When none has, the failure is the first that says something about the instruction,
 * else the last; its details list every planner's reason. `scripted` when one of them is: its work may be among
 * what comes out.
 */
export function createPlannerRouter(planners: readonly Planner[], options: PlannerRouterOptions = {}): Planner {
  if (planners.length === 0) throw new ControllerError("bad-input", "A planner router needs at least one planner.");
  return {
    name: planners.map(({ name }) => name).join(" > "),
    scripted: planners.some(({ scripted }) => scripted),
    async plan(request, { signal }) {
      const tried: { planner: string; failure: Failure<PlanFailure> }[] = [];
      for (const [index, planner] of planners.entries()) {
        const last = index === planners.length - 1;
        const result = await (last ? planner.plan(request, { signal }) : limited(planner, request, signal, options));
        if (result.ok || !worthAnother(result.code)) return result;
        tried.push({ planner: planner.name, failure: result });
        const { code, message } = result;
        if (!last) options.onSwitch?.({ from: planner.name, to: planners[index + 1].name, code, message });
      }
      return conclude(tried);
    },
    async close() {
      await Promise.all(planners.map((planner) => planner.close()));
    },
  };
}

function conclude(tried: readonly { planner: string; failure: Failure<PlanFailure> }[]): Failure<PlanFailure> {
  const { failure } = tried.find((entry) => isJudgement(entry.failure.code)) ?? tried[tried.length - 1];
  if (tried.length === 1) return failure;
  const reasons = tried.map(({ planner, failure: { code, message } }) => ({ planner, code, message }));
  return fail(failure.code, failure.message, { ...failure.details, tried: reasons });
}

async function limited(
  planner: Planner,
  request: PlanRequest,
  signal: AbortSignal,
  { limitMs, timers }: PlannerRouterOptions,
): Promise<Result<Plan, PlanFailure>> {
  if (limitMs === undefined || timers === undefined) return planner.plan(request, { signal });
  const limit = new AbortController();
  const expired = fail("timeout", `The planner ${planner.name} took longer than ${limitMs} ms.`, { bound: limitMs });
  let cancel: () => void = () => undefined;
  // A planner that ignores its signal must not hold up the next one.
  const late = new Promise<typeof expired>((resolve) => {
    cancel = timers.after(limitMs, () => {
      resolve(expired);
      limit.abort();
    });
  });
  const asked = planner.plan(request, { signal: AbortSignal.any([signal, limit.signal]) }).catch((error: unknown) => {
    if (limit.signal.aborted && !signal.aborted) return expired;
    throw error;
  });
  return Promise.race([asked, late]).finally(() => cancel());
}
