import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { createJog, createMission, type Answer } from "../execution/index.js";
import type { HandeyeEvent } from "../domain/event.js";
import type { MissionResult } from "../domain/mission.js";
import type { HeldThing } from "../domain/scene.js";
import { createPerception } from "../perception/index.js";
import { approvePlan, guardRobot } from "../safety/index.js";
import { createScene, createSimulation, type SceneSpec, type Simulation } from "../../sim/index.js";
import type { Planner } from "../ports/planner.js";
import type { Moderator } from "../adapters/moderation/index.js";
import { createApprovals, type Approve } from "./create-approvals.js";
import { createEventBus } from "./event-bus.js";
import { createEyes, type Eyes } from "./create-eyes.js";
import { createPlanner } from "./create-planner.js";
import { moderatePlanner } from "./moderate-planner.js";
import { createMissionStore, UNDER_WAY, type MissionStore } from "./mission-store.js";
import { defaultStateDir } from "./state-dir.js";
import { createPlannerTrace } from "./create-planner-trace.js";
import { createTelemetry } from "./create-telemetry.js";
import { withProposals } from "./propose.js";
import type { Launch } from "./launch/launch-schema.js";
import type { Artefact, Runtime } from "./runtime.js";
import { phrasesOf } from "./phrases-of.js";
import { warmUp } from "./warm-up.js";

export interface StackOptions {
  /** Asks the person; absent when there is nobody to ask. */
  readonly answer?: Answer;
  /** Puts approval cards before operators; absent: the person who answers is asked in words. */
  readonly approve?: Approve;
  /** A scene of a suite in place of the launch file's. */
  readonly scene?: SceneSpec;
  /** Where the mission's snapshots go; absent: nowhere. `createRuntime` puts them into the launch file's `stateDir`. */
  readonly store?: MissionStore;
  /** Eyes that are loaded already and stay the caller's. */
  readonly eyes?: Eyes;
  /** A planner in place of the launch file's. It is trusted no more than any other, and stays the caller's. */
  readonly planner?: Planner;
}

/** The whole stack that a launch file names, connected and ready for an instruction. */
export const createRuntime = async (launch: Launch, options: StackOptions = {}): Promise<Runtime> =>
  (
    await createSimStack(launch, {
      store: createMissionStore(launch.stateDir ?? defaultStateDir(), launch.robot.id),
      ...options,
    })
  ).runtime;

/** The same with the simulation at hand: for benchmarks and tests that score by its truth. */
export async function createSimStack(
  launch: Launch,
  options: StackOptions = {},
): Promise<{ runtime: Runtime; simulation: Simulation }> {
  const scene = options.scene ?? createScene(launch.robot.scene, launch.robot.seed);
  const simulation = await createSimulation({
    scene,
    depth: launch.cameras.head.depth,
    ...(launch.robot.rate === "fast" ? {} : { rate: launch.robot.rate }),
  });
  try {
    return { simulation, runtime: await assemble(launch, options, simulation, scene.seed) };
  } catch (error) {
    await simulation.close();
    throw error;
  }
}

/** Loaded only where words are judged: the servers' client libraries take a quarter of a second. */
async function loadModerator(launch: Launch): Promise<Moderator | undefined> {
  if (launch.moderation.type === "none") return undefined;
  const { createModerator } = await import("./create-moderator.js");
  return createModerator(launch);
}

async function assemble(launch: Launch, options: StackOptions, simulation: Simulation, seed: number): Promise<Runtime> {
  const { clock } = simulation;
  const bus = createEventBus();
  const publish = (event: HandeyeEvent): void => bus.publish(event);
  const moderator = await loadModerator(launch);
  // Networks load before anybody can have subscribed; what there is to say about them is said when the mission begins.
  const eyeNotes: string[] = [];
  const eyes = await createEyes(launch, simulation.truth, options.eyes, { onNote: (text) => eyeNotes.push(text) });
  const publishNotes = (): void => {
    for (const text of eyeNotes.splice(0)) publish({ timeMs: clock.nowMs(), event: "note", level: "warning", text });
  };
  const telemetry = await createTelemetry(launch.telemetry, { simulation, bus }).catch(async (error: unknown) => {
    await eyes.close();
    throw error;
  });
  let safety = launch.safety;
  const timers = createMachineTimers();
  let held: HeldThing | undefined;
  bus.subscribe({ publish: (event) => void (event.event === "scene" && (held = event.scene.held)) });
  const robot = guardRobot(simulation.robot, {
    limits: () => safety,
    clock,
    load: () => (held?.sizeM === undefined ? undefined : { sizeM: held.sizeM }),
    onCommand: (verdict) => publish({ timeMs: clock.nowMs(), event: "command", ...verdict }),
  });
  const perception = createPerception({
    camera: simulation.head,
    grounder: eyes.grounder,
    depth: eyes.depth,
    robot,
    clock,
    maxFrameAgeMs: launch.cameras.head.maxAgeMs,
  });
  const ownPlanner =
    options.planner ??
    (await createPlanner(launch, {
      clock,
      onSwitch: ({ from, to, code, message }) =>
        publish({
          timeMs: clock.nowMs(),
          event: "note",
          level: "warning",
          text: `planner ${from} hands over to ${to} (${code}): ${message}`,
        }),
      ...(launch.telemetry.plannerTrace === undefined
        ? {}
        : { trace: createPlannerTrace(launch.telemetry.plannerTrace) }),
    }));
  const { planner: proposing, propose } = withProposals(ownPlanner);
  const planner =
    moderator === undefined
      ? proposing
      : moderatePlanner(proposing, {
          moderator,
          onVerdict: ({ passed, text }) =>
            publish({ timeMs: clock.nowMs(), event: "note", level: passed ? "info" : "warning", text }),
        });
  const interrupted = options.store?.interrupted();
  const mission = createMission({
    perception,
    planner,
    robot,
    approvePlan: (plan, context) => approvePlan(plan, { ...context, limits: safety, model: robot.model }),
    clock,
    timers,
    sink: bus,
    phrasesOf,
    limits: {
      maxSteps: launch.mission.maxSteps,
      maxReplans: launch.mission.maxReplans,
      maxWallTimeMs: launch.mission.maxWallTimeS * 1000,
      planTimeoutMs: launch.mission.planTimeoutS * 1000,
      stepTimeoutMs: launch.mission.stepTimeoutS * 1000,
    },
    approvals: createApprovals({
      limits: () => safety,
      clock,
      timers,
      timeoutMs: launch.mission.approvalTimeoutS * 1000,
      ...(options.approve === undefined ? {} : { approve: options.approve }),
      ...(options.answer === undefined ? {} : { answer: options.answer }),
    }),
    ...(options.answer === undefined ? {} : { answer: options.answer }),
    ...(options.store === undefined ? {} : { persist: options.store.save, restored: interrupted }),
    seed,
  });
  await robot.connect();
  await warmUp(perception, robot);

  const jog = createJog({
    robot,
    timers,
    onRefusal: ({ code, message }) =>
      publish({ timeMs: clock.nowMs(), event: "note", level: "warning", text: `jog refused (${code}): ${message}` }),
  });
  /** The arm has one master at a time: a mission begins when a hand has let go. */
  const armed = async (run: () => Promise<MissionResult>): Promise<MissionResult> => {
    jog.release();
    await jog.settled();
    publishNotes();
    mission.arm();
    return run();
  };

  let closing: Promise<readonly Artefact[]> | undefined;
  return {
    launch,
    ...(interrupted?.instruction === undefined ? {} : { interrupted: interrupted.instruction }),
    subscribe: (sink) => bus.subscribe(sink),
    run: (instruction, runOptions) => armed(() => mission.run(instruction, runOptions)),
    perform: (action, runOptions) => armed(() => mission.run(propose(action), runOptions)),
    get state() {
      return mission.state;
    },
    clock,
    robotState: () => robot.state(),
    watch: (watched) => simulation.film(watched),
    jog(velocityInBase) {
      if (mission.state.safety !== "nominal" || UNDER_WAY.includes(mission.state.task)) return false;
      jog.press(velocityInBase);
      return true;
    },
    limits: () => safety,
    setKeepOut(zones) {
      safety = { ...safety, keepOut: [...zones] };
    },
    hold(reason) {
      jog.release();
      mission.hold(reason);
    },
    resume: () => mission.resume(),
    reset: () => mission.reset(),
    stop() {
      mission.stop("stopped by a person");
      jog.release();
    },
    close() {
      closing ??= (async () => {
        const artefacts = await telemetry.close();
        await mission.close();
        if (options.planner === undefined) await ownPlanner.close();
        await moderator?.close();
        await perception.close();
        await eyes.close();
        await simulation.close();
        return artefacts;
      })();
      return closing;
    },
  };
}
