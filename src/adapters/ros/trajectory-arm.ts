import { jointPath, planToolPath, timePath, type RobotModel, type TimedPath } from "../../domain/kinematics/index.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { ArmDriver } from "./arm-driver.js";
import { createActionClient } from "./create-action-client.js";
import { motionEnd } from "./motion-end.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { Timers } from "./ros-types.js";
import { finishTimeoutMs, trajectoryGoal } from "./trajectory-goal.js";

type TrajectoryArm = Extract<RosProfile["arm"], { type: "trajectory" }>;

/** FollowJointTrajectory's own verdicts, beside the goal's status. */
const ERRORS: Readonly<Record<number, string>> = {
  [-1]: "invalid goal",
  [-2]: "invalid joints",
  [-3]: "old header timestamp",
  [-4]: "a joint strayed from its path",
  [-5]: "a joint did not come near enough to the goal",
};

/** An arm behind FollowJointTrajectory: the very path that the safety layer has checked is what is sent. */
export function createTrajectoryArm(
  link: RosLink,
  {
    profile,
    model,
    timers,
    patience,
  }: {
    readonly profile: TrajectoryArm;
    readonly model: RobotModel;
    readonly timers: Timers;
    readonly patience: number;
  },
): ArmDriver {
  const client = createActionClient(link, {
    action: profile.action,
    type: "control_msgs/FollowJointTrajectory",
    timers,
  });

  const follow = async (path: TimedPath, signal: AbortSignal): Promise<Result<void, MotionFailure>> => {
    const { acceptBy, acceptTimeoutMs } = profile;
    const end = await client.send(trajectoryGoal(link.version, profile.joints, path), {
      signal,
      acceptBy,
      acceptTimeoutMs: acceptTimeoutMs * patience,
      finishTimeoutMs: finishTimeoutMs(path, patience),
    });
    const moved = motionEnd("trajectory", end);
    if (!moved.ok) return moved;
    const code = moved.value?.error_code;
    if (typeof code !== "number" || code === 0) return ok(undefined);
    const words = typeof moved.value?.error_string === "string" ? moved.value.error_string : "";
    return fail("not-moved", `The controller ended with ${ERRORS[code] ?? `error ${code}`}. ${words}`.trim(), { code });
  };

  return {
    client,
    async moveTool(from, poseInBase, { signal, speedMps }) {
      const path = planToolPath(model, from, poseInBase);
      return path.ok ? follow(timePath(model, path.value.waypoints, { speedMps }), signal) : path;
    },
    moveJoints: (from, positions, { signal, speedRadps }) =>
      follow(timePath(model, jointPath(from, positions), { speedRadps }), signal),
  };
}
