import { toHeldThing, unknownGrip } from "../../effect.js";
import { holdsSomething } from "../../verify/verdict.js";
import { raceAbort } from "../abort.js";
import { endMission, type MissionContext, type Next } from "../mission-context.js";
import { looking, type StageDeps } from "./stage-deps.js";

/** Takes a fresh look, unless verification has just taken one and nothing has moved since. */
export async function perceive(
  deps: StageDeps,
  context: MissionContext,
  signal: AbortSignal,
): Promise<Next<"planning" | "failed">> {
  if (context.lookIsCurrent && context.look !== undefined) return { next: "planning", update: {} };
  const limit = looking(deps, signal);
  try {
    if (context.plans === 0) await adoptHand(deps, limit.signal);
    const look = await takeLook(deps, context.instruction, limit.signal);
    return { next: "planning", update: { look, lookIsCurrent: true } };
  } catch (error) {
    if (!limit.expired()) throw error;
    return endMission("failed", context, {
      code: "timeout",
      message: "Perception took too long; check the camera and the models with `handeye doctor`.",
    });
  } finally {
    limit.cancel();
  }
}

/** A mission begins with what the gripper says it holds, not with what an earlier mission remembers. */
async function adoptHand({ hand, robot }: StageDeps, signal: AbortSignal): Promise<void> {
  const state = await raceAbort(robot.state(), signal);
  if (!holdsSomething(state)) hand.grip = undefined;
  else hand.grip ??= unknownGrip(state);
}

/** One look with the words of the instruction, shown to the subscribers. */
export async function takeLook(deps: StageDeps, instruction: string, signal: AbortSignal) {
  const { grip } = deps.hand;
  const phrases = deps.phrasesOf?.(instruction) ?? [instruction];
  const held = grip === undefined ? undefined : toHeldThing(grip);
  const look = await raceAbort(deps.perception.look({ phrases, held, signal }), signal);
  deps.emit({ event: "scene", scene: look.scene });
  return look;
}
