import type { RosMessage } from "../ros/ros-types.js";
import type { ServerParts } from "./joint-servers.js";
import { BUSY } from "./joint-servers.js";
import { serveAction, type GoalContext, type GoalOutcome } from "./serve-action.js";
import { FINGER_JOINTS } from "./write-urdf.js";

export const GRIPPER_ACTION = "/gripper_controller/gripper_cmd";
export const PARALLEL_GRIPPER_ACTION = "/parallel_gripper_controller/gripper_cmd";
/** Used where a goal says 0, which in ROS means "as the driver thinks fit". */
const DEFAULT_FORCE_N = 30;
const REACHED_M = 0.003;

interface Grip {
  /** Of one finger's joint: half the opening, metres. */
  readonly position: number;
  readonly forceN: number;
}

/** GripperCommand, and in ROS 2 ParallelGripperCommand: the same fingers behind both. */
export function serveGripper(parts: ServerParts): void {
  const { link, clock, desk, body } = parts;
  const { robot } = body;

  const grip = async (
    asked: Grip | undefined,
    context: GoalContext,
    tell: (state: { position: number; effort: number; stalled: boolean; reached: boolean }) => RosMessage,
  ): Promise<GoalOutcome> => {
    const now = (await robot.joints()).gripper.widthM / 2;
    const still = tell({ position: now, effort: 0, stalled: false, reached: false });
    const reject = (text: string): GoalOutcome => ({ status: "rejected", result: still, text });
    const refusal = parts.refusal();
    if (refusal !== undefined) return reject(refusal);
    if (asked === undefined)
      return reject(`Expected one finite position of ${FINGER_JOINTS[0]}, and an effort of 0 or more.`);
    const done = await desk.run("gripper", context.signal, async (signal): Promise<GoalOutcome> => {
      context.feedback(still);
      const moved = await robot.setGripper(2 * asked.position, { signal, forceN: asked.forceN });
      if (!moved.ok) {
        return { status: context.signal.aborted ? "canceled" : "aborted", result: still, text: moved.message };
      }
      const { widthM, commandedWidthM, stalled } = moved.value;
      const reached = Math.abs(widthM - commandedWidthM) <= REACHED_M;
      const result = tell({ position: widthM / 2, effort: stalled ? asked.forceN : 0, stalled, reached });
      return { status: "succeeded", result };
    });
    return done === "busy" ? reject(BUSY) : done;
  };

  serveAction(link, clock, {
    action: GRIPPER_ACTION,
    type: "control_msgs/GripperCommand",
    onGoal: (goal, context) => {
      const command = (goal.command ?? {}) as RosMessage;
      return grip(gripOf(command.position, command.max_effort), context, ({ position, effort, stalled, reached }) => ({
        position,
        effort,
        stalled,
        reached_goal: reached,
      }));
    },
  });
  if (link.version === 1) return;
  serveAction(link, clock, {
    action: PARALLEL_GRIPPER_ACTION,
    type: "control_msgs/ParallelGripperCommand",
    onGoal: (goal, context) => {
      const { name, position, effort } = (goal.command ?? {}) as Record<string, unknown>;
      const first = (value: unknown): unknown => (Array.isArray(value) ? (value as unknown[])[0] : undefined);
      const named = first(name) === FINGER_JOINTS[0] || first(name) === undefined;
      const asked = named ? gripOf(first(position), first(effort)) : undefined;
      return grip(asked, context, ({ position: at, effort: force, stalled, reached }) => ({
        state: { name: [FINGER_JOINTS[0]], position: [at], velocity: [0], effort: [force] },
        stalled,
        reached_goal: reached,
      }));
    },
  });
}

function gripOf(position: unknown, effort: unknown): Grip | undefined {
  if (typeof position !== "number" || !Number.isFinite(position)) return undefined;
  if (effort === undefined || effort === 0) return { position, forceN: DEFAULT_FORCE_N };
  if (typeof effort !== "number" || !Number.isFinite(effort) || effort < 0) return undefined;
  return { position, forceN: effort };
}
