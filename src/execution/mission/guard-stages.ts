import { setImmediate as nextTurn } from "node:timers/promises";
import { ControllerError } from "../../domain/errors.js";
import { endMission, type MissionContext, type Next } from "./mission-context.js";
import type { MissionStages } from "./mission-machine.js";
import type { TaskState } from "./mission.types.js";
import { approve, askOperator } from "./stages/approve.js";
import { execute } from "./stages/execute.js";
import { perceive } from "./stages/perceive.js";
import { plan } from "./stages/plan.js";
import type { StageDeps } from "./stages/stage-deps.js";
import { verify } from "./stages/verify.js";

/**
 * The stages as the machine runs them: parked while on hold, ended when the mission's time is up, and with a broken device
 * turned into a failed mission. They never reject.
 */
export function guardStages(deps: StageDeps, onStart: (work: Promise<unknown>) => void): MissionStages {
  const guard =
    <T extends TaskState>(stage: (deps: StageDeps, context: MissionContext, signal: AbortSignal) => Promise<Next<T>>) =>
    (context: MissionContext, signal: AbortSignal): Promise<Next<T | "failed">> => {
      const work = attempt(deps, context, () => stage(deps, context, signal), signal);
      onStart(work);
      return work;
    };

  return {
    perceiving: guard(perceive),
    planning: guard(plan),
    approving: guard(approve),
    "awaiting-operator": guard(askOperator),
    executing: guard(execute),
    verifying: guard(verify),
  };
}

async function attempt<T extends TaskState>(
  deps: StageDeps,
  context: MissionContext,
  stage: () => Promise<Next<T>>,
  signal: AbortSignal,
): Promise<Next<T | "failed">> {
  try {
    await deps.gate.passed(signal);
    // What led here, and the snapshot of it, took milliseconds: a stop must not wait for the next stage as well.
    await nextTurn();
    if (deps.gate.activeMs() - context.startedAtMs > deps.limits.maxWallTimeMs) return timeIsUp(deps, context);
    return await stage();
  } catch (error) {
    const code = error instanceof ControllerError ? error.code : "internal";
    return endMission("failed", context, { code, message: error instanceof Error ? error.message : String(error) });
  }
}

export const timeIsUp = (deps: Pick<StageDeps, "limits">, context: MissionContext): Next<"failed"> =>
  endMission("failed", context, {
    code: "timeout",
    message: `The mission took longer than ${deps.limits.maxWallTimeMs} ms.`,
  });
