import { TIMESTEP_S } from "../worlds/world-xml.js";
import type { TruthSnapshot } from "./truth.js";

/** ISO/TS 15066 calls a contact quasi-static when it lasts longer than this, transient when it does not. */
const QUASI_STATIC_S = 0.5;
const WINDOW_STEPS = Math.round(QUASI_STATIC_S / TIMESTEP_S);

export interface ContactLog {
  /** Force of one physics step, newtons. */
  add(forceN: number): void;
  hardest(): Pick<TruthSnapshot, "hardestBumpN" | "hardestPressN">;
}

/** Peak of the force on the arm, and its greatest mean over half a second. */
export function createContactLog(): ContactLog {
  const window = new Float64Array(WINDOW_STEPS);
  let next = 0;
  let sum = 0;
  let hardestBumpN = 0;
  let hardestPressN = 0;
  return {
    add(forceN) {
      sum += forceN - window[next];
      window[next] = forceN;
      next = (next + 1) % WINDOW_STEPS;
      hardestBumpN = Math.max(hardestBumpN, forceN);
      hardestPressN = Math.max(hardestPressN, sum / WINDOW_STEPS);
    },
    hardest: () => ({ hardestBumpN, hardestPressN }),
  };
}
