import type { Grade, Receipt } from "./receipt.js";

export type MissionOutcome = "done" | "given-up" | "failed" | "stopped";

/** How a mission ended; the last line of `--json`. */
export interface MissionResult {
  readonly outcome: MissionOutcome;
  readonly grade: Grade;
  readonly code?: string;
  readonly message: string;
  /** Set when the mission ended with a question that nobody answered. */
  readonly question?: { readonly text: string; readonly choices: readonly string[] };
  readonly receipts: readonly Receipt[];
}

/** Exit codes of the command line for a finished mission. */
export const EXIT_CODES: Readonly<Record<MissionOutcome, number>> = { done: 0, "given-up": 1, failed: 1, stopped: 3 };
