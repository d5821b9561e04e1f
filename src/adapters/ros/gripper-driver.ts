import { fail, ok, type Result } from "../../domain/result.js";
import type { GripperReport, MotionFailure } from "../../ports/robot.js";
import type { Clock } from "../../ports/clock.js";
import { createActionClient } from "./create-action-client.js";
import type { ActionClient } from "./goal-end.js";
import type { JointStates } from "./joint-states.js";
import { motionEnd } from "./motion-end.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { rosHeader } from "./stamps.js";

type GripperProfile = Exclude<RosProfile["gripper"], { type: "none" }>;

/** Fingers that stop this far from where they should be have met something. */
const STALL_M = 0.003;
/** Joint states after the end of a goal are waited for so long. */
const SETTLE_MS = 500;

export interface GripperDriver {
  readonly client: ActionClient;
  /** Distance of the fingertips as measured; undefined where the joint was never told. */
  widthM(): number | undefined;
  readonly moving: boolean;
  readonly inContact: boolean;
  set(
    widthM: number,
    options: { readonly signal: AbortSignal; readonly forceN: number },
  ): Promise<Result<GripperReport, MotionFailure>>;
}

/**
 * A gripper behind GripperCommand or ParallelGripperCommand. What counts is where the fingers are measured to have stopped: servers
 * say `reached_goal` with nothing in the hand, and some call a good grasp aborted.
 */
export function createGripperDriver(
  link: RosLink,
  options: {
    readonly profile: GripperProfile;
    readonly joints: JointStates;
    readonly clock: Clock;
    readonly timers: Timers;
    readonly patience: number;
  },
): GripperDriver {
  const { profile, joints, clock, timers, patience } = options;
  const parallel = profile.type === "parallel-gripper-command";
  const client = createActionClient(link, {
    action: profile.action,
    type: parallel ? "control_msgs/ParallelGripperCommand" : "control_msgs/GripperCommand",
    timers,
  });
  const span = profile.openPosition - profile.closedPosition;
  const toPosition = (widthM: number): number => profile.closedPosition + (span * widthM) / profile.maxWidthM;
  const toWidth = (position: number): number => ((position - profile.closedPosition) / span) * profile.maxWidthM;
  let moving = false;
  let heldWidthM: number | undefined;

  const widthM = (): number | undefined => {
    const position = joints.position(profile.joint);
    return position === undefined ? undefined : Math.max(0, toWidth(position));
  };
  const goalOf = (position: number, forceN: number): RosMessage =>
    parallel
      ? {
          command: {
            header: rosHeader(link.version, 0),
            name: [profile.joint],
            position: [position],
            velocity: [],
            effort: [forceN],
          },
        }
      : { command: { position, max_effort: forceN } };

  return {
    client,
    widthM,
    get moving() {
      return moving;
    },
    get inContact() {
      const width = widthM();
      return heldWidthM !== undefined && width !== undefined && Math.abs(width - heldWidthM) < STALL_M;
    },
    async set(wantedM, { signal, forceN }) {
      const commandedWidthM = Math.min(profile.maxWidthM, Math.max(0, wantedM));
      moving = true;
      heldWidthM = undefined;
      try {
        const end = await client.send(goalOf(toPosition(commandedWidthM), Math.min(forceN, profile.maxForceN)), {
          signal,
          acceptBy: profile.acceptBy,
          acceptTimeoutMs: profile.acceptTimeoutMs * patience,
          finishTimeoutMs: profile.finishTimeoutMs * patience,
        });
        const values = "values" in end ? end.values : undefined;
        // Fingers on a thing are "aborted" to servers that do not allow stalling.
        const grasped = end.status === "aborted" && values?.stalled === true;
        const ended = motionEnd("gripper command", end);
        if (!ended.ok && !grasped) return ended;
        await joints.fresh([profile.joint], { afterMs: clock.nowMs(), timeoutMs: SETTLE_MS });
        const measuredM = widthM();
        if (measuredM === undefined) {
          return fail("unsupported", `Expected joint "${profile.joint}" in the joint states, found it nowhere.`);
        }
        const stalled = measuredM > commandedWidthM + STALL_M && values?.reached_goal !== true;
        const stuck = Math.abs(measuredM - commandedWidthM) > STALL_M && !stalled;
        if (stuck) {
          return fail(
            "not-moved",
            `Expected fingers ${Math.round(commandedWidthM * 1000)} mm apart, measured ${Math.round(measuredM * 1000)} mm, ` +
              `though the gripper says that it ${values?.reached_goal === true ? "reached them" : "has ended"}.`,
          );
        }
        heldWidthM = stalled ? measuredM : undefined;
        return ok({ commandedWidthM, widthM: measuredM, stalled });
      } finally {
        moving = false;
      }
    },
  };
}
