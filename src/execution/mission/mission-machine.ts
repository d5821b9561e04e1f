import { assign, fromPromise, setup, type DoneActorEvent } from "xstate";
import type { MissionContext, Next } from "./mission-context.js";
import { newContext } from "./mission-context.js";
import type { SafetyState, TaskState } from "./mission.types.js";

type Stage<Target extends TaskState> = (context: MissionContext, signal: AbortSignal) => Promise<Next<Target>>;

/** Where each working state may go: the machine has no other transitions. */
export interface MissionStages {
  perceiving: Stage<"planning" | "failed">;
  planning: Stage<"approving" | "given-up" | "failed">;
  approving: Stage<"executing" | "awaiting-operator" | "perceiving" | "given-up" | "failed">;
  "awaiting-operator": Stage<"executing" | "given-up" | "failed">;
  executing: Stage<"executing" | "awaiting-operator" | "verifying" | "perceiving" | "given-up" | "failed">;
  verifying: Stage<"perceiving" | "done" | "given-up" | "failed">;
}
export type StageName = keyof MissionStages;

const TARGETS: { readonly [Name in StageName]: readonly Awaited<ReturnType<MissionStages[Name]>>["next"][] } = {
  perceiving: ["planning", "failed"],
  planning: ["approving", "given-up", "failed"],
  approving: ["executing", "awaiting-operator", "perceiving", "given-up", "failed"],
  "awaiting-operator": ["executing", "given-up", "failed"],
  executing: ["executing", "awaiting-operator", "verifying", "perceiving", "given-up", "failed"],
  verifying: ["perceiving", "done", "given-up", "failed"],
};

export type MissionEvent =
  | { readonly type: "arm" }
  | { readonly type: "run"; readonly instruction: string; readonly startedAtMs: number }
  | { readonly type: "end"; readonly ending: Next<"failed"> }
  | { readonly type: "stop"; readonly ending: Next<"stopped"> }
  | { readonly type: "hold" }
  | { readonly type: "resume" }
  | { readonly type: "reset" };

export interface MissionEffects {
  readonly stages: MissionStages;
  entered(task: TaskState, context: MissionContext): void;
  safety(state: SafetyState): void;
}

/** The mission as a machine: the task, and parallel to it safety. It only says what may follow what; effects come in. */
export function createMissionMachine(effects: MissionEffects) {
  const enter = (task: TaskState) => ({ type: "entered" as const, params: { task } });
  const become = (state: SafetyState) => ({ type: "safety" as const, params: { state } });
  const run = { target: "perceiving" as const, actions: "begin" as const };
  const stop = { target: "stopped" as const, actions: "adopt" as const };
  const end = { target: "failed" as const, actions: "adopt" as const };

  const working = (name: StageName) => ({
    entry: enter(name),
    invoke: {
      src: "stage" as const,
      input: ({ context }: { context: MissionContext }) => ({ name, context }),
      onDone: TARGETS[name].map((target) => ({
        guard: ({ event }: { event: DoneActorEvent<Next<TaskState>> }) => event.output.next === target,
        target,
        reenter: true,
        actions: {
          type: "merge" as const,
          params: ({ event }: { event: DoneActorEvent<Next<TaskState>> }) => event.output.update,
        },
      })),
    },
    on: { end, stop },
  });
  const resting = (task: TaskState) => ({ entry: enter(task), on: { run, stop } });

  return setup({
    types: { context: {} as MissionContext, events: {} as MissionEvent },
    actors: {
      stage: fromPromise<Next<TaskState>, { name: StageName; context: MissionContext }>(({ input, signal }) =>
        effects.stages[input.name](input.context, signal),
      ),
    },
    actions: {
      entered: ({ context }, { task }: { task: TaskState }) => effects.entered(task, context),
      safety: (_, { state }: { state: SafetyState }) => effects.safety(state),
      merge: assign((_, update: Partial<MissionContext>) => update),
      begin: assign(({ event }) => (event.type === "run" ? newContext(event.instruction, event.startedAtMs) : {})),
      adopt: assign(({ event }) => (event.type === "end" || event.type === "stop" ? event.ending.update : {})),
    },
  }).createMachine({
    id: "mission",
    type: "parallel",
    context: newContext("", 0),
    states: {
      task: {
        initial: "disarmed",
        states: {
          disarmed: { entry: enter("disarmed"), on: { arm: "ready", stop } },
          ready: resting("ready"),
          perceiving: working("perceiving"),
          planning: working("planning"),
          approving: working("approving"),
          "awaiting-operator": working("awaiting-operator"),
          executing: working("executing"),
          verifying: working("verifying"),
          done: resting("done"),
          "given-up": resting("given-up"),
          failed: resting("failed"),
          stopped: { entry: enter("stopped"), on: { reset: "disarmed" } },
        },
      },
      safety: {
        initial: "nominal",
        states: {
          nominal: { entry: become("nominal"), on: { hold: "held", stop: "stopped" } },
          held: { entry: become("held"), on: { resume: "nominal", stop: "stopped" } },
          stopped: { entry: become("stopped"), on: { reset: "nominal" } },
        },
      },
    },
  });
}
