import { recoverRecording, type Recovered } from "../adapters/mcap/index.js";
import { createPlanner } from "./create-planner.js";
import type { Launch } from "./launch/launch-schema.js";
import { replay, type ReplayedDecision } from "./replay.js";

export type { Recovered, ReplayedDecision };
export { recoverRecording };

/** `replay` with the planner that the launch file names. */
export async function replayRecording(
  path: string,
  launch: Launch,
  options: { readonly signal: AbortSignal; readonly onDecision: (decision: ReplayedDecision) => void },
): Promise<{ readonly planner: string; readonly decisions: readonly ReplayedDecision[] }> {
  const planner = await createPlanner(launch, { clock: { nowMs: () => 0 }, onSwitch: () => undefined });
  try {
    return { planner: planner.name, decisions: await replay({ path, planner, ...options }) };
  } finally {
    await planner.close();
  }
}
