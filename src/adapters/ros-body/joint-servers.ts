import type { Clock } from "../../ports/clock.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { Failure } from "../../domain/result.js";
import type { RosMessage } from "../ros/ros-types.js";
import type { BodyLink } from "./body-link.js";
import type { MotionDesk } from "./motion-desk.js";
import { readTrajectory, TRAJECTORY_ERROR, type TrajectoryFault } from "./read-trajectory.js";
import { serveAction, type GoalContext, type GoalOutcome } from "./serve-action.js";
import type { ServedBody } from "./served-body.js";

/** What every server of a body needs. */
export interface ServerParts {
  readonly link: BodyLink;
  readonly clock: Clock;
  readonly desk: MotionDesk;
  readonly body: ServedBody;
  /** Why goals are refused now; undefined when they are not. */
  readonly refusal: () => string | undefined;
}

export const ARM_ACTION = "/arm_controller/follow_joint_trajectory";
export const HEAD_ACTION = "/head_controller/follow_joint_trajectory";
const FEEDBACK_EVERY_MS = 100;

/** FollowJointTrajectory for arm and head, as ros2_control's joint trajectory controller and its ancestor have it. */
export function serveJoints(parts: ServerParts): void {
  const { link, clock, desk, body } = parts;
  const { robot } = body;
  const { joints } = robot.model;
  const armNames = joints.map(({ name }) => name);

  serveAction(link, clock, {
    action: ARM_ACTION,
    type: "control_msgs/FollowJointTrajectory",
    async onGoal(goal, context) {
      const refusal = parts.refusal();
      if (refusal !== undefined) return rejected("invalidGoal", refusal);
      const done = await desk.run("arm", context.signal, async (signal): Promise<GoalOutcome> => {
        const now = (await robot.joints()).arm.positions;
        const trajectory = readTrajectory(goal, joints, now);
        if (!trajectory.ok) return rejected(trajectory.code, trajectory.message);
        const stop = repeatFeedback(parts, context, async () =>
          jointFeedback(armNames, (await robot.joints()).arm.positions),
        );
        const moved = await robot.followJoints(trajectory.value, { signal }).finally(stop);
        return moved.ok ? succeeded() : failed(moved, context);
      });
      return done === "busy" ? rejected("invalidGoal", BUSY) : done;
    },
  });

  const headJoints = body.description.head.joints;
  serveAction(link, clock, {
    action: HEAD_ACTION,
    type: "control_msgs/FollowJointTrajectory",
    async onGoal(goal, context) {
      const refusal = parts.refusal();
      if (refusal !== undefined) return rejected("invalidGoal", refusal);
      const done = await desk.run("head", context.signal, async (signal): Promise<GoalOutcome> => {
        const { panRad, tiltRad } = (await robot.joints()).gaze;
        const trajectory = readTrajectory(goal, headJoints, [panRad, tiltRad]);
        if (!trajectory.ok) return rejected(trajectory.code, trajectory.message);
        context.feedback(jointFeedback([headJoints[0].name, headJoints[1].name], [panRad, tiltRad]));
        for (const [pan, tilt] of trajectory.value.waypoints.slice(1)) {
          const looked = await robot.look(pan, tilt, { signal });
          if (!looked.ok) return failed(looked, context);
        }
        return succeeded();
      });
      return done === "busy" ? rejected("invalidGoal", BUSY) : done;
    },
  });
}

export const BUSY = "Another part of the robot is moving; one moves at a time.";

const succeeded = (): GoalOutcome => ({
  status: "succeeded",
  result: { error_code: TRAJECTORY_ERROR.successful, error_string: "" },
});
const rejected = (fault: TrajectoryFault, text: string): GoalOutcome => ({
  status: "rejected",
  result: { error_code: TRAJECTORY_ERROR[fault], error_string: text },
  text,
});

function failed({ code, message }: Failure<MotionFailure>, { signal }: GoalContext): GoalOutcome {
  const error = code === "not-moved" ? TRAJECTORY_ERROR.pathTolerance : TRAJECTORY_ERROR.goalTolerance;
  return {
    status: signal.aborted ? "canceled" : "aborted",
    result: { error_code: error, error_string: message },
    text: message,
  };
}

const jointFeedback = (names: readonly string[], positions: readonly number[]): RosMessage => ({
  joint_names: names,
  actual: { positions },
});

/** Feedback at once and from time to time, until the returned function is called. */
export function repeatFeedback(
  { link }: Pick<ServerParts, "link">,
  context: GoalContext,
  values: () => Promise<RosMessage>,
): () => void {
  let isOver = false;
  let cancel = (): void => {};
  const tell = (): void => {
    // A robot that is being closed has nothing to tell.
    void values().then(
      (told) => {
        if (isOver) return;
        context.feedback(told);
        cancel = link.timers.after(FEEDBACK_EVERY_MS, tell);
      },
      () => undefined,
    );
  };
  tell();
  return () => {
    isOver = true;
    cancel();
  };
}
