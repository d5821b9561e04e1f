import { createActor } from "xstate";
import type { EventBody } from "../../domain/event.js";
import { ControllerError } from "../../domain/errors.js";
import type { MissionResult } from "../../domain/mission.js";
import { guardStages, timeIsUp } from "./guard-stages.js";
import { createHoldGate } from "./hold-gate.js";
import { endMission, type MissionContext } from "./mission-context.js";
import { createMissionMachine } from "./mission-machine.js";
import { snapshotOf } from "./mission-snapshot.js";
import type { Mission, MissionOptions, MissionState, TaskState } from "./mission.types.js";
import type { StageDeps } from "./stages/stage-deps.js";

const ENDS: ReadonlySet<TaskState> = new Set(["done", "given-up", "failed", "stopped"]);

/** A stage that is called off still has a receipt to give for what it interrupted; one that hangs on for longer has lost its say. */
const LAST_WORD_MS = 2_000;

/** A mission machine around its ports. Nothing moves before `arm` and `run`. */
export function createMission(options: MissionOptions): Mission {
  const { clock, limits, persist, robot, sink, timers } = options;
  const gate = createHoldGate(clock);
  const emit = (event: EventBody): void => sink.publish({ timeMs: clock.nowMs(), ...event });
  const deps: StageDeps = { ...options, gate, hand: {}, emit: emitFromStage };

  let state: MissionState = { task: "disarmed", safety: "nominal" };
  let finish: ((result: MissionResult) => void) | undefined;
  /** How the mission ends, while a stage that was called off may still speak. */
  let ending: MissionResult | undefined;
  // A stage that was left may still be settling in the robot; the next mission must not overtake it.
  let settling: Promise<unknown> = Promise.resolve();

  const machine = createMissionMachine({
    stages: guardStages(deps, (work) => {
      settling = work;
    }),
    entered(task, context) {
      become({ ...state, task }, context);
      if (ENDS.has(task) && context.result !== undefined) end(context.result);
    },
    safety(safety) {
      if (state.safety !== safety) become({ ...state, safety }, contextNow());
    },
  });
  const actor = createActor(machine);
  const contextNow = (): MissionContext => actor.getSnapshot().context;

  function become(next: MissionState, context: MissionContext): void {
    state = next;
    emit({ event: "state", state: state.task, safety: state.safety });
    persist?.(snapshotOf(context, state, clock.nowMs()));
  }

  function emitFromStage(event: EventBody): void {
    if (finish === undefined) return;
    if (ending !== undefined && event.event === "receipt") {
      ending = { ...ending, receipts: [...ending.receipts, event.receipt] };
    }
    emit(event);
  }

  /** Tells the end last: receipts of an interrupted step come before it and are in it. */
  function end(result: MissionResult): void {
    const resolve = finish;
    if (resolve === undefined || ending !== undefined) return;
    ending = result;
    const tell = (): void => {
      if (ending === undefined) return;
      const told = ending;
      finish = undefined;
      ending = undefined;
      cancel();
      emit({ event: "mission-end", ...told });
      resolve(told);
    };
    const cancel = timers.after(LAST_WORD_MS, tell);
    void settling.then(tell);
  }

  function stop(reason = "Stopped by a person."): void {
    robot.halt();
    if (state.safety === "stopped") return;
    actor.send({ type: "stop", ending: endMission("stopped", contextNow(), { code: "stopped", message: reason }) });
    gate.resume();
  }

  const heldMsSoFar = (): number => clock.nowMs() - gate.activeMs();

  /** Ends a mission in which something hangs; between stages the clock is checked as well. Time on hold is given back. */
  function watchTime(ms: number, heldMsAtStart: number): () => void {
    let cancel = timers.after(ms, () => {
      const heldMs = heldMsSoFar();
      if (heldMs > heldMsAtStart) cancel = watchTime(heldMs - heldMsAtStart, heldMs);
      else actor.send({ type: "end", ending: timeIsUp(deps, contextNow()) });
    });
    return () => cancel();
  }

  async function run(instruction: string, { signal }: { signal?: AbortSignal } = {}): Promise<MissionResult> {
    if (finish !== undefined) {
      throw new ControllerError("bad-input", "A mission is still running; stop it or wait for its end.");
    }
    const ended = new Promise<MissionResult>((resolve) => (finish = resolve));
    const cancelled = (): void => stop("Stopped: the command was cancelled.");
    await Promise.race([settling, ended]);
    const { name } = robot;
    const seed = options.seed === undefined ? {} : { seed: options.seed };
    const names = { robot: name, planner: options.planner.name, perception: options.perception.name };
    emit({ event: "mission-start", instruction, ...seed, ...names });
    const refusal = refuse(state, instruction);
    if (refusal !== undefined) {
      end(refusal);
      return ended;
    }
    const startedAtMs = gate.activeMs();
    actor.send({ type: "run", instruction, startedAtMs });
    const cancelWatch = watchTime(limits.maxWallTimeMs, heldMsSoFar());
    signal?.addEventListener("abort", cancelled, { once: true });
    if (signal?.aborted === true) cancelled();
    try {
      return await ended;
    } finally {
      cancelWatch();
      signal?.removeEventListener("abort", cancelled);
    }
  }

  actor.start();
  return {
    get state() {
      return state;
    },
    restored: options.restored,
    arm: () => actor.send({ type: "arm" }),
    run,
    stop,
    hold(reason = "Held by a person.") {
      if (state.safety !== "nominal") return;
      emit({ event: "note", level: "warning", text: reason });
      gate.hold();
      actor.send({ type: "hold" });
    },
    resume() {
      if (state.safety !== "held") return;
      actor.send({ type: "resume" });
      gate.resume();
    },
    async reset() {
      if (state.safety !== "stopped") return;
      await settling;
      await robot.reset();
      actor.send({ type: "reset" });
    },
    async close() {
      if (finish !== undefined) stop("Stopped: the controller is closing.");
      await settling;
      actor.stop();
    },
  };
}

/** Why a mission cannot even begin. */
function refuse(state: MissionState, instruction: string): MissionResult | undefined {
  const refused = { grade: "refused", receipts: [] } as const;
  if (state.safety === "stopped") {
    const message = "The robot is stopped; a person has to reset it first.";
    return { ...refused, outcome: "stopped", code: "stopped", message };
  }
  if (state.task === "disarmed") {
    const message = "The robot is disarmed; a person has to arm it first.";
    return { ...refused, outcome: "failed", code: "not-approved", message };
  }
  if (instruction.trim() === "") {
    return { ...refused, outcome: "given-up", code: "bad-instruction", message: "The instruction is empty." };
  }
  return undefined;
}
