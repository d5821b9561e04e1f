import { ControllerError } from "../src/domain/errors.js";
import type { MotionFailure, MotionReport, Robot } from "../src/ports/robot.js";
import type { Pose2d } from "../src/domain/geometry/pose.js";
import { fail, type Failure } from "../src/domain/result.js";
import type { WorkerLink } from "./physics/call-worker.js";
import type { ControlBlock } from "./physics/control-block.js";
import type { BaseVelocity, BodyJoints, CallName, Calls, JointTrajectory, MotionResult } from "./physics/protocol.js";
import { pandaModel } from "./worlds/panda-model.js";

type MotionName = Extract<
  CallName,
  "move-tool" | "move-joints" | "follow-joints" | "drive-base" | "set-gripper" | "move-base" | "look" | "wait"
>;
type WithoutId<T> = Omit<T, "motion">;

const refused = (): Failure<MotionFailure> =>
  fail("stopped", "The robot is stopped. Reset it, on a person's word, before commanding a motion.");

/** What the simulated robot's own controllers offer below the Robot port: for who serves it as a robot to other programs. */
export interface SimRobot extends Robot {
  /** Refuses positions beyond limits; ends when the arm has come to rest, or early when something is in the way. */
  followJoints(
    trajectory: JointTrajectory,
    options: { readonly signal: AbortSignal },
  ): Promise<MotionResult<MotionReport>>;
  /** Drives as `setVelocity` says until its time is over and the base stands. */
  driveBase(options: { readonly signal: AbortSignal }): Promise<MotionResult<Pose2d>>;
  /** Counts for `seconds` of simulated time, unless set anew. Moves nothing while `driveBase` does not run. */
  setVelocity(velocity: BaseVelocity, seconds: number): void;
  joints(): Promise<BodyJoints>;
}

/** The simulated robot. Motions run in the physics thread; a halt reaches it through shared memory, ahead of every message. */
export function createSimRobot(link: WorkerLink, control: ControlBlock): SimRobot {
  let motions = 0;
  let moving: string | undefined;
  let closed = false;

  const assertOpen = (): void => {
    if (closed)
      throw new ControllerError("robot-disconnected", "The simulated robot is closed; create a new simulation.");
  };

  const move = async <Name extends MotionName>(
    name: Name,
    ask: WithoutId<Calls[Name]["ask"]>,
    signal: AbortSignal,
  ): Promise<Calls[Name]["answer"]> => {
    assertOpen();
    if (moving !== undefined) {
      throw new ControllerError(
        "bad-input",
        `Robot got "${name}" while "${moving}" runs; await one motion before the next.`,
      );
    }
    if (control.isHalted() || signal.aborted) return refused();
    const motion = ++motions;
    const cancel = (): void => control.cancel(motion);
    moving = name;
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return await link.call(name, { ...ask, motion });
    } catch (cause) {
      if (closed)
        throw new ControllerError("robot-disconnected", "The simulated robot was closed in mid-motion.", { cause });
      throw cause;
    } finally {
      signal.removeEventListener("abort", cancel);
      moving = undefined;
    }
  };

  return {
    name: "sim",
    model: pandaModel,
    async connect() {
      assertOpen();
      await link.ready;
    },
    async state() {
      assertOpen();
      return { ...(await link.call("state", {})), stopped: control.isHalted() };
    },
    moveTool: (poseInBase, { signal, speedMps }) => move("move-tool", { poseInBase, speedMps }, signal),
    moveJoints: (positions, { signal, speedRadps }) => move("move-joints", { positions, speedRadps }, signal),
    setGripper: (widthM, { signal, forceN }) => move("set-gripper", { widthM, forceN }, signal),
    moveBase: (poseInOdom, { signal }) => move("move-base", { poseInOdom }, signal),
    followJoints: (trajectory, { signal }) => move("follow-joints", trajectory, signal),
    driveBase: ({ signal }) => move("drive-base", {}, signal),
    setVelocity(velocity, seconds) {
      // A thread that has ended drives nothing; whoever waits for `driveBase` hears of it.
      link.call("drive-velocity", { velocity, seconds }).catch(() => undefined);
    },
    joints() {
      assertOpen();
      return link.call("joints", {});
    },
    look: (panRad, tiltRad, { signal }) => move("look", { panRad, tiltRad }, signal),
    wait: (seconds, { signal }) => move("wait", { seconds }, signal),
    halt: () => control.halt(),
    async reset() {
      assertOpen();
      control.clearHalt();
    },
    async close() {
      if (closed) return;
      closed = true;
      control.halt();
    },
  };
}
