import { createMachineTimers } from "../adapters/clock/machine-timers.js";
import { createJog, createMission, type Answer } from "../execution/index.js";
import { ControllerError } from "../domain/errors.js";
import type { HandeyeEvent } from "../domain/event.js";
import type { MissionResult } from "../domain/mission.js";
import type { HeldThing } from "../domain/scene.js";
import { createPerception } from "../perception/index.js";
import { approvePlan, guardRobot } from "../safety/index.js";
import { createScene, createSimulation, type SceneSpec, type Simulation } from "../../sim/index.js";
import type { PlannerTurn } from "../planning/model/planner-turn.js";
import type { Planner } from "../ports/planner.js";
import type { Moderator } from "../adapters/moderation/index.js";
import { checkCalibration } from "./check-calibration.js";
import { createApprovals, type Approve } from "./create-approvals.js";
import { createEventBus } from "./event-bus.js";
import { createEyes, type Eyes } from "./create-eyes.js";
import { createPlanner } from "./create-planner.js";
import { moderatePlanner } from "./moderate-planner.js";
import { isRosLaunch, type RosLaunch } from "./ros-launch.js";
import { createMissionStore, UNDER_WAY, type MissionStore } from "./mission-store.js";
import { defaultStateDir } from "./state-dir.js";
import { createPlannerTrace } from "./create-planner-trace.js";
import { createTelemetry } from "./create-telemetry.js";
import { withProposals } from "./propose.js";
import { tellLooks } from "./tell-looks.js";
import type { Launch } from "./launch/launch-schema.js";
import type { Body } from "./body.js";
import type { Artefact, Runtime } from "./runtime.js";
import type { SkillService } from "./skills/skill-service.js";
import { phrasesOf } from "./phrases-of.js";
import { createQuestions } from "./questions.js";
import { timeLook, type LookPart } from "./time-look.js";
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
  /** A person has armed the robot (`--arm`). Only robots that can hurt somebody need it. */
  readonly arm?: boolean;
  /** Told every question to a model and what came of it: for counting. */
  readonly onPlannerTurn?: (turn: PlannerTurn) => void;
  /** Told how long each look took, by part: for measuring. */
  readonly onLookPart?: (part: LookPart, seconds: number) => void;
}

/** The whole stack that a launch file names, connected and ready for an instruction. */
export async function createRuntime(launch: Launch, options: StackOptions = {}): Promise<Runtime> {
  const store = createMissionStore(launch.stateDir ?? defaultStateDir(), launch.robot.id);
  if (isRosLaunch(launch)) return createRosStack(launch, { store, ...options });
  return (await createSimStack(launch, { store, ...options })).runtime;
}

/** The same with the simulation at hand: for benchmarks and tests that score by its truth. */
export async function createSimStack(
  launch: Launch,
  options: StackOptions = {},
): Promise<{ runtime: Runtime; simulation: Simulation }> {
  const { robot } = launch;
  if (robot.type !== "sim") {
    throw new ControllerError(
      "bad-launch-file",
      `Expected robot.type "sim" for a simulated stack, found "${robot.type}".`,
    );
  }
  const scene = options.scene ?? createScene(robot.scene, robot.seed);
  const simulation = await createSimulation({
    scene,
    depth: launch.cameras.head.depth,
    ...(robot.rate === "fast" ? {} : { rate: robot.rate }),
  });
  try {
    const body: Body = { ...simulation, armedByCommand: true };
    return { simulation, runtime: await assemble(launch, options, body, scene.seed) };
  } catch (error) {
    await simulation.close();
    throw error;
  }
}

/** A stack on a robot in a ROS graph. It starts disarmed, whatever it was before. */
export async function createRosStack(launch: RosLaunch, options: StackOptions = {}): Promise<Runtime> {
  // Loaded only where it is used: simulated stacks do not pay for it.
  const { openRosRobot } = await import("./open-ros-robot.js");
  const body = await openRosRobot(launch);
  try {
    return await assemble(launch, options, body);
  } catch (error) {
    await body.close();
    throw error;
  }
}

/** Loaded only where words are judged: the servers' client libraries take a quarter of a second. */
async function loadModerator(launch: Launch): Promise<Moderator | undefined> {
  if (launch.moderation.type === "none") return undefined;
  const { createModerator } = await import("./create-moderator.js");
  return createModerator(launch);
}

async function assemble(launch: Launch, options: StackOptions, body: Body, seed?: number): Promise<Runtime> {
  const { clock } = body;
  const bus = createEventBus();
  const publish = (event: HandeyeEvent): void => bus.publish(event);
  const moderator = await loadModerator(launch);
  // Networks load before anybody can have subscribed; what there is to say about them is said when the mission begins.
  const eyeNotes: string[] = [];
  let begun = false;
  const publishNote = (text: string): void => publish({ timeMs: clock.nowMs(), event: "note", level: "warning", text });
  const eyes = await createEyes(launch, body.truth, options.eyes, {
    onNote: (text) => void (begun ? publishNote(text) : eyeNotes.push(text)),
  });
  const publishNotes = (): void => {
    begun = true;
    eyeNotes.splice(0).forEach(publishNote);
  };
  const telemetry = await createTelemetry(launch.telemetry, { body, bus }).catch(async (error: unknown) => {
    await eyes.close();
    throw error;
  });
  let safety = launch.safety;
  const timers = createMachineTimers();
  let held: HeldThing | undefined;
  bus.subscribe({ publish: (event) => void (event.event === "scene" && (held = event.scene.held)) });
  const robot = guardRobot(body.robot, {
    limits: () => safety,
    clock,
    load: () => (held?.sizeM === undefined ? undefined : { sizeM: held.sizeM }),
    onCommand: (verdict) => publish({ timeMs: clock.nowMs(), event: "command", ...verdict }),
  });
  const { perception, onLook } = tellLooks(
    createPerception({
      ...timeLook({ camera: body.head, grounder: eyes.grounder, depth: eyes.depth }, options.onLookPart),
      robot,
      clock,
      maxFrameAgeMs: launch.cameras.head.maxAgeMs,
      heights: launch.room,
    }),
  );
  /** Skills that a model planner asks; made when the first question comes. */
  let consults: SkillService | undefined;
  const traceTurn =
    launch.telemetry.plannerTrace === undefined ? undefined : createPlannerTrace(launch.telemetry.plannerTrace);
  const ownPlanner =
    options.planner ??
    (await createPlanner(launch, {
      clock,
      async consultant() {
        const [{ createConsultant }, { createSkills }] = await Promise.all([
          import("./skills/create-consultant.js"),
          import("./skills/create-skills.js"),
        ]);
        const tell = (text: string): void => publish({ timeMs: clock.nowMs(), event: "note", level: "info", text });
        return createConsultant(launch, {
          service: () => (consults ??= createSkills(launch, { openRuntime: async () => runtime })),
          onConsult: tell,
        });
      },
      onSwitch: ({ from, to, code, message }) =>
        publish({
          timeMs: clock.nowMs(),
          event: "note",
          level: "warning",
          text: `planner ${from} hands over to ${to} (${code}): ${message}`,
        }),
      trace(turn) {
        traceTurn?.(turn);
        telemetry.turn(turn);
        options.onPlannerTurn?.(turn);
      },
    }));
  const proposals = withProposals(ownPlanner);
  const proposing = proposals.planner;
  const planner =
    moderator === undefined
      ? proposing
      : moderatePlanner(proposing, {
          moderator,
          onVerdict: ({ passed, text }) =>
            publish({ timeMs: clock.nowMs(), event: "note", level: passed ? "info" : "warning", text }),
        });
  const interrupted = options.store?.interrupted();
  // Not while it warms up: a robot that cannot be trusted to move can still be looked through.
  const checked = checkCalibration(perception, { mode: launch.cameras.head.calibrationCheck, onNote: publishNote });
  const mission = createMission({
    perception: checked,
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
    approvals: telemetry.recorded(
      createApprovals({
        limits: () => safety,
        clock,
        timers,
        timeoutMs: launch.mission.approvalTimeoutS * 1000,
        ...(options.approve === undefined ? {} : { approve: options.approve }),
        ...(options.answer === undefined ? {} : { answer: options.answer }),
      }),
    ),
    ...(options.answer === undefined ? {} : { answer: options.answer }),
    ...(options.store === undefined
      ? {}
      : { persist: (snapshot) => options.store?.save(snapshot), restored: interrupted }),
    ...(seed === undefined ? {} : { seed }),
  });
  const questions = createQuestions({
    perception: checked,
    timers,
    emit: (event) => publish({ timeMs: clock.nowMs(), ...event }),
    held: () => held,
    names: {
      robot: robot.name,
      planner: planner.name,
      perception: perception.name,
      ...(seed === undefined ? {} : { seed }),
    },
  });
  // First the slow first calls, then the robot and its lease: a main thread that answers late would lose it at once.
  await warmUp(perception, robot);
  await robot.connect();
  let personArmed = options.arm === true;
  body.onEvent?.((event) => {
    if (event.type === "note") {
      if (begun) publish({ timeMs: clock.nowMs(), event: "note", level: event.level, text: event.text });
      else eyeNotes.push(event.text);
      return;
    }
    // Whoever armed the robot armed it as it was then.
    personArmed = false;
    mission.stop(`The robot stopped: ${event.reason}.`);
    jog.release();
  });

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
    await questions.settled();
    publishNotes();
    if (body.armedByCommand || personArmed) mission.arm();
    return run();
  };

  let closing: Promise<readonly Artefact[]> | undefined;
  const runtime: Runtime = {
    launch,
    ...(interrupted?.instruction === undefined ? {} : { interrupted: interrupted.instruction }),
    subscribe: (sink) => bus.subscribe(sink),
    note: (level, text) => publish({ timeMs: clock.nowMs(), event: "note", level, text }),
    async run(instruction, runOptions) {
      // While a mission looks, its eyes are its own; its refusal says so.
      const isFree = !UNDER_WAY.includes(mission.state.task);
      if (isFree) publishNotes();
      const answered = isFree ? questions.answer(instruction, runOptions) : undefined;
      return answered ?? armed(() => mission.run(instruction, runOptions));
    },
    perform: (action, runOptions) => armed(() => mission.run(proposals.propose(action), runOptions)),
    get state() {
      return mission.state;
    },
    clock,
    robotState: () => robot.state(),
    onLook,
    watch: (watched) => body.film(watched),
    async picture(camera, { signal } = {}) {
      const source = camera === "head" ? body.head : body.wrist;
      if (source === undefined) {
        throw new ControllerError("camera-unavailable", `This robot has no ${camera} camera. Ask for the head camera.`);
      }
      return source.latest({ maxAgeMs: launch.cameras.head.maxAgeMs, signal });
    },
    jog(velocityInBase) {
      if (mission.state.safety !== "nominal" || UNDER_WAY.includes(mission.state.task)) return false;
      jog.press(velocityInBase);
      return true;
    },
    arm() {
      personArmed = true;
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
        await questions.close();
        await consults?.close();
        if (options.planner === undefined) await ownPlanner.close();
        await moderator?.close();
        await perception.close();
        await eyes.close();
        await body.close();
        return artefacts;
      })();
      return closing;
    },
  };
  return runtime;
}
