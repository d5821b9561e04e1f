import { ControllerError } from "../src/domain/errors.js";
import type { MotionFailure, Robot } from "../src/ports/robot.js";
import { fail, type Failure } from "../src/domain/result.js";
import type { WorkerLink } from "./physics/call-worker.js";
import type { ControlBlock } from "./physics/control-block.js";
import type { CallName, Calls } from "./physics/protocol.js";
import { pandaModel } from "./worlds/panda-model.js";

type MotionName = Extract<CallName, "move-tool" | "move-joints" | "set-gripper" | "move-base" | "look" | "wait">;
type WithoutId<T> = Omit<T, "motion">;

const refused = (): Failure<MotionFailure> =>
  fail("stopped", "The robot is stopped. Reset it, on a person's word, before commanding a motion.");

/** The simulated robot. Motions run in the physics thread; a halt reaches it through shared memory, ahead of every message. */
export function createSimRobot(link: WorkerLink, control: ControlBlock): Robot {
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
      return await link.call(name, { ...ask, motion } as Calls[Name]["ask"]);
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
