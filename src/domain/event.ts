import type { Action } from "./action.js";
import type { Command } from "./command.js";
import type { Receipt } from "./receipt.js";
import type { MissionResult } from "./mission.js";
import type { Scene } from "./scene.js";

/** One thing that happened. Subscribers read events; they cannot reach in. `timeMs` is the mission's clock. */
export type HandeyeEvent = { readonly timeMs: number } & EventBody;

export type EventBody =
  | {
      readonly event: "mission-start";
      readonly instruction: string;
      readonly seed?: number;
      readonly robot: string;
      readonly planner: string;
      readonly perception: string;
    }
  | { readonly event: "state"; readonly state: string; readonly safety: "nominal" | "held" | "stopped" }
  | { readonly event: "scene"; readonly scene: Scene }
  | { readonly event: "plan"; readonly planner: string; readonly steps: readonly Action[]; readonly rationale?: string }
  | {
      readonly event: "plan-verdict";
      readonly approved: boolean;
      readonly code?: string;
      readonly message?: string;
      readonly details?: Readonly<Record<string, unknown>>;
    }
  | { readonly event: "action-start"; readonly step: number; readonly action: Action }
  | {
      readonly event: "command";
      readonly command: Command;
      readonly verdict: "sent" | "refused";
      readonly code?: string;
      readonly message?: string;
      readonly details?: Readonly<Record<string, unknown>>;
    }
  | { readonly event: "receipt"; readonly receipt: Receipt }
  | { readonly event: "say"; readonly text: string }
  | { readonly event: "ask"; readonly question: string; readonly choices: readonly string[] }
  | { readonly event: "answer"; readonly text: string }
  | { readonly event: "note"; readonly level: "info" | "warning"; readonly text: string }
  | ({ readonly event: "mission-end" } & MissionResult);
