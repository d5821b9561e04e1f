import type { Desk } from "../../app/desk.js";
import type { MissionState, Runtime } from "../../app/runtime.js";
import type { MissionResult } from "../../domain/mission.js";
import type { CommandMessage } from "../../domain/remote/messages.js";
import { formatAction } from "../../domain/action.js";
import type { Role } from "../../domain/remote/roles.js";
import type { Lease } from "./lease.js";
import type { Letter } from "./inbox.js";

/** The mission that an operator's command began. */
export interface RemoteMission {
  readonly id: string;
  readonly instruction: string;
  readonly operator: string;
  readonly startedAtMs: number;
}

export interface Reply {
  readonly accepted: boolean;
  readonly code?: string;
  readonly message?: string;
}

export interface OperationsOptions {
  readonly runtime: Runtime;
  readonly desk: Desk;
  readonly lease: Lease;
  readonly nowMs: () => number;
  /** Hardware: commands without a lease with heartbeats are refused. */
  readonly requireLease: boolean;
  readonly onMission: (mission: RemoteMission | undefined, result?: MissionResult) => void;
  /** Sound to words; absent where nothing can hear. Its own replies come later, by transcript. */
  readonly hear?: (letter: Extract<Letter, { kind: "audio" }>) => Reply | undefined;
  /** Runs skills and calls them off; what comes of them is told on topics of their own. Absent where there are none. */
  readonly skill?: (letter: Extract<Letter, { kind: "skill" | "skill-cancel" }>) => Reply;
}

type Effective = Exclude<Letter, { kind: "refused" | "duplicate" | "ignored" }>;

export interface Operations {
  /** Does what a checked letter says. The reply is for its sender; undefined where none is due. Never throws. */
  carryOut(letter: Effective): Reply | undefined;
  /** Why somebody may not have the robot move now; undefined where they may. */
  moving(operator: string): { readonly code: string; readonly message: string } | undefined;
  /** Starts a mission for an operator, as a command does. */
  command(message: Pick<CommandMessage, "id" | "instruction" | "action">, operator: string, role: Role): Reply;
}

const yes: Reply = { accepted: true };
const no = (code: string, message: string) => ({ accepted: false as const, code, message });

const UNDER_WAY = new Set(["perceiving", "planning", "approving", "awaiting-operator", "executing", "verifying"]);
export const isUnderWay = ({ task }: MissionState): boolean => UNDER_WAY.has(task);

export function createOperations(options: OperationsOptions): Operations {
  const { runtime, desk, lease } = options;
  let running: RemoteMission | undefined;
  /** The last press of a held key; an older one that arrives later must not move the arm again. */
  let lastPress = { operator: "", sequence: -1, atMs: 0 };

  /** Why somebody may not steer now, or undefined. */
  function steering(operator: string, role: Role): Reply | undefined {
    if (lease.mayDrive(operator) || role === "supervisor") return undefined;
    return no("lease-held", `${lease.holder?.operator} drives this robot; ask them, or ask a supervisor.`);
  }

  /** Why somebody may not have the robot move now, or undefined. */
  function moving(operator: string): (Reply & { readonly code: string; readonly message: string }) | undefined {
    if (runtime.state.safety === "stopped") {
      return no("stopped", "The robot is stopped. A person has to reset it first.");
    }
    if (running !== undefined || isUnderWay(runtime.state)) {
      return no(
        "busy",
        `A mission is running: ${running?.instruction ?? "not from here"}. Wait for its end or stop it.`,
      );
    }
    if (options.requireLease && (lease.holder?.operator !== operator || !lease.holder.hasHeartbeat)) {
      return no("no-lease", "This robot takes commands only from who holds its lease; send heartbeats on `lease`.");
    }
    if (lease.holder === undefined || lease.holder.operator === operator) return undefined;
    return no("lease-held", `${lease.holder.operator} drives this robot; ask them, or take the lease over.`);
  }

  function command(
    { id, instruction, action }: Pick<CommandMessage, "id" | "instruction" | "action">,
    operator: string,
    role: Role,
  ): Reply {
    const refusal = moving(operator);
    if (refusal !== undefined) return refusal;
    const held = lease.holder?.operator === operator;
    if (!held) lease.borrow(operator, role);
    const words = instruction ?? (action === undefined ? "" : formatAction(action));
    const mission: RemoteMission = { id, instruction: words, operator, startedAtMs: options.nowMs() };
    running = mission;
    options.onMission(mission);
    const work = action === undefined ? runtime.run(words) : runtime.perform(action);
    void work
      .catch((error: unknown): MissionResult => {
        const message = error instanceof Error ? error.message : String(error);
        return { outcome: "failed", grade: "failed", code: "internal", message, receipts: [] };
      })
      .then((result) => {
        running = undefined;
        if (!held && lease.holder?.operator === operator && !lease.holder.hasHeartbeat) lease.release(operator);
        options.onMission(undefined, result);
      });
    return yes;
  }

  function takeLease(operator: string, role: Role, want: "acquire" | "renew" | "release"): Reply | undefined {
    if (want === "release") {
      lease.release(operator);
      return yes;
    }
    if (want === "renew") {
      if (lease.renew(operator)) return undefined;
      const by = lease.holder === undefined ? "nobody holds it" : `${lease.holder.operator} holds it`;
      return no("lease-lost", `You do not hold the lease; ${by}. Acquire it anew.`);
    }
    const verdict = lease.acquire(operator, role);
    if (!verdict.ok) return no("lease-held", `${verdict.heldBy} holds the lease.`);
    if (verdict.tookOverFrom !== undefined && isUnderWay(runtime.state)) {
      runtime.hold(`${operator} has taken over from ${verdict.tookOverFrom}.`);
    }
    return yes;
  }

  return {
    command,
    moving,
    carryOut(letter) {
      switch (letter.kind) {
        case "stop":
          runtime.stop();
          return undefined;
        case "command":
          return command(letter.message, letter.operator, letter.role);
        case "answer": {
          const refusal = steering(letter.operator, letter.role);
          if (refusal !== undefined) return refusal;
          return desk.reply(letter.message.questionId, letter.message.text)
            ? yes
            : no("unknown-question", "Nobody waits for this answer any more.");
        }
        case "approval": {
          const refusal = steering(letter.operator, letter.role);
          if (refusal !== undefined) return refusal;
          const { requestId, digest, decision } = letter.message;
          const verdict = desk.decide(requestId, digest, decision, letter.operator);
          return verdict === "taken" ? yes : no(verdict, APPROVAL_ADVICE[verdict]);
        }
        case "lease":
          return takeLease(letter.operator, letter.role, letter.message.want);
        case "jog": {
          if (lease.holder?.operator !== letter.operator || !lease.holder.hasHeartbeat) {
            return no("no-lease", "Holding to move needs the lease, with heartbeats.");
          }
          const { sequence, velocityMps } = letter.message;
          const nowMs = options.nowMs();
          const isNewHold = letter.operator !== lastPress.operator || nowMs - lastPress.atMs > 1_000;
          if (!isNewHold && sequence <= lastPress.sequence) return undefined;
          lastPress = { operator: letter.operator, sequence, atMs: nowMs };
          return runtime.jog(velocityMps)
            ? undefined
            : no("busy", "The arm is not free: a mission runs, or the robot is held or stopped.");
        }
        case "arm":
          runtime.arm();
          return yes;
        case "hold":
          runtime.hold(letter.reason ?? `Held by ${letter.operator}.`);
          return yes;
        case "resume":
        case "reset": {
          const refusal = steering(letter.operator, letter.role);
          if (refusal !== undefined) return refusal;
          if (letter.kind === "resume") runtime.resume();
          else void runtime.reset();
          return yes;
        }
        case "keep-out":
          runtime.setKeepOut(letter.message.zones);
          return yes;
        case "audio":
          return options.hear === undefined ? no("unsupported", "This robot hears nothing.") : options.hear(letter);
        case "skill":
        case "skill-cancel":
          return options.skill?.(letter) ?? no("unknown-skill", `There is no skill ${letter.skill} here.`);
      }
    },
  };
}

const APPROVAL_ADVICE = {
  "unknown-request": "It was answered already, or it has expired.",
  "wrong-digest": "The action has changed since; look at the new card.",
  "own-request": "Whoever asked for the mission cannot approve its steps.",
} as const;
