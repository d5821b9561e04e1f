import type { Runtime } from "../../src/app/runtime.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import type { HandeyeEvent } from "../../src/domain/event.js";
import type { MissionResult } from "../../src/domain/mission.js";
import type { MissionState } from "../../src/app/runtime.js";

export interface FakeRuntime extends Runtime {
  /** Everything that would have had an effect on the robot, in order: `run open the drawer`, `stop`, `jog 0.1,0,0` ... */
  readonly effects: readonly string[];
  emit(event: HandeyeEvent): void;
  become(state: Partial<MissionState>): void;
  /** Ends the mission that runs. */
  finish(result?: Partial<MissionResult>): void;
}

/** A runtime whose missions last until the test ends them, and that writes down all that was asked of it. */
export function createFakeRuntime(): FakeRuntime {
  const effects: string[] = [];
  const sinks = new Set<{ publish(event: HandeyeEvent): void }>();
  let state: MissionState = { task: "ready", safety: "nominal" };
  let settle: ((result: MissionResult) => void) | undefined;
  let limits = loadLaunch("launch/kitchen-sim.json").safety;
  const note = (effect: string): void => void effects.push(effect);
  const begin = (what: string): Promise<MissionResult> => {
    note(what);
    state = { ...state, task: "executing" };
    return new Promise((resolve) => (settle = resolve));
  };
  const runtime: FakeRuntime = {
    effects,
    launch: loadLaunch("launch/kitchen-sim.json"),
    emit: (event) => sinks.forEach((sink) => sink.publish(event)),
    become(changes) {
      state = { ...state, ...changes };
      runtime.emit({ timeMs: 0, event: "state", state: state.task, safety: state.safety });
    },
    finish(result) {
      state = { ...state, task: "done" };
      settle?.({ outcome: "done", grade: "verified", message: "Done.", receipts: [], ...result });
      settle = undefined;
    },
    get state() {
      return state;
    },
    clock: { nowMs: () => 0 },
    subscribe(sink) {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
    note: (level, text) => runtime.emit({ timeMs: 0, event: "note", level, text }),
    run: (instruction) => begin(`run ${instruction}`),
    perform: (action) => begin(`perform ${action.action}`),
    robotState: () => Promise.reject(new Error("No robot in this test.")),
    watch: () => () => undefined,
    picture: () => Promise.reject(new Error("No camera in this test.")),
    onLook: () => () => undefined,
    jog(velocity) {
      note(`jog ${velocity.join(",")}`);
      return true;
    },
    arm: () => note("arm"),
    limits: () => limits,
    setKeepOut(zones) {
      note(`keep-out ${zones.length}`);
      limits = { ...limits, keepOut: [...zones] };
    },
    hold: () => note("hold"),
    resume: () => note("resume"),
    reset: async () => note("reset"),
    stop() {
      note("stop");
      state = { task: "stopped", safety: "stopped" };
      settle?.({ outcome: "stopped", grade: "failed", code: "stopped", message: "Stopped.", receipts: [] });
      settle = undefined;
    },
    close: async () => [],
  };
  return runtime;
}
