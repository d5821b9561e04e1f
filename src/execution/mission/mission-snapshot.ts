import type { MissionContext } from "./mission-context.js";
import type { MissionSnapshot, MissionState } from "./mission.types.js";

/** What is worth keeping over a restart. Looks and plans are not: after a restart the mission perceives anew. */
export function snapshotOf(context: MissionContext, state: MissionState, savedAtMs: number): MissionSnapshot {
  const { instruction, steps, replans, history, answers, result } = context;
  return {
    version: 1,
    savedAtMs,
    ...state,
    ...(instruction !== "" && { instruction }),
    steps,
    replans,
    history,
    answers,
    ...(result && { result }),
  };
}
