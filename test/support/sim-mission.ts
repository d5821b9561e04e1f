import { createSimStack, type StackOptions } from "../../src/app/create-runtime.js";
import { loadLaunch } from "../../src/app/launch/load-launch.js";
import type { HandeyeEvent } from "../../src/domain/event.js";
import type { MissionResult } from "../../src/domain/mission.js";
import type { Plan } from "../../src/domain/plan.js";
import { ok } from "../../src/domain/result.js";
import { createGrammarPlanner } from "../../src/planning/index.js";
import type { Planner, PlanRequest } from "../../src/ports/planner.js";
import type { Simulation, TruthSnapshot } from "../../sim/index.js";

export interface SimMission {
  readonly result: MissionResult;
  readonly events: readonly HandeyeEvent[];
  /** Names of the commands that reached the robot, in order. */
  readonly sent: readonly string[];
  /** How the world was left. */
  readonly truth: TruthSnapshot;
}

export interface SimMissionOptions extends Omit<StackOptions, "planner"> {
  /** Launch-file fields, as for `--set`. Perception is the oracle's unless eyes are given. */
  readonly set?: readonly string[];
  /**
   * Called before each plan, counted from 1, with the world at hand: what it does, nobody in the mission knows of. A plan that it returns
   * takes the place of the grammar's.
   */
  readonly meddle?: (call: number, request: PlanRequest, simulation: Simulation) => Promise<Plan | undefined>;
  /** Sees the simulation before the mission starts. */
  readonly watch?: (simulation: Simulation) => void;
}

/** One mission in the real simulator, in this process. */
export async function runSimMission(instruction: string, options: SimMissionOptions = {}): Promise<SimMission> {
  const { set = [], meddle, watch, ...stack } = options;
  const perception = stack.eyes === undefined ? ["perception.type=oracle"] : [];
  const launch = loadLaunch("launch/kitchen-sim.json", [...perception, ...set]);
  let simulation: Simulation | undefined;
  const planner = meddle && meddled((call, request) => simulation && meddle(call, request, simulation));
  const made = await createSimStack(launch, { ...stack, ...(planner && { planner }) });
  simulation = made.simulation;
  const events: HandeyeEvent[] = [];
  try {
    made.runtime.subscribe({ publish: (event) => void events.push(event) });
    watch?.(simulation);
    const result = await made.runtime.run(instruction);
    const truth = await simulation.truth.snapshot();
    const sent = events.flatMap((event) =>
      event.event === "command" && event.verdict === "sent" ? [event.command.type] : [],
    );
    return { result, events, sent, truth };
  } finally {
    await made.runtime.close();
  }
}

function meddled(meddle: (call: number, request: PlanRequest) => Promise<Plan | undefined> | undefined): Planner {
  const grammar = createGrammarPlanner();
  let calls = 0;
  return {
    ...grammar,
    async plan(request, options) {
      const plan = await meddle(++calls, request);
      return plan === undefined ? grammar.plan(request, options) : ok(plan);
    },
  };
}
