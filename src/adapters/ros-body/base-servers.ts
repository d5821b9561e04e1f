import type { Pose2d } from "../../domain/geometry/pose.js";
import type { RosMessage } from "../ros/ros-types.js";
import { headerFrame, rosTime } from "../ros/stamps.js";
import { BUSY, repeatFeedback, type ServerParts } from "./joint-servers.js";
import { serveAction, type GoalContext, type GoalOutcome } from "./serve-action.js";
import type { BaseVelocity } from "./served-body.js";

export const NAVIGATE_ACTION = "/navigate_to_pose";
export const MOVE_BASE_ACTION = "/move_base";
export const VELOCITY_TOPIC = "/cmd_vel";
/** A velocity counts for so long, as in diff_drive_controller: who falls silent has let go. */
const VELOCITY_COUNTS_S = 0.5;
const MAX_SPEED_MPS = 0.5;
const MAX_TURN_RADPS = 1;
/** The fields of NavigateToPose's result differ from humble to kilted, and a bridge refuses those that it does not know. */
const NO_RESULT: RosMessage = {};

/** Driving to a pose, and by velocities. */
export function serveBase(parts: ServerParts): void {
  const { link, clock, desk, body } = parts;
  const { robot } = body;

  const drive = async (goal: RosMessage, context: GoalContext): Promise<GoalOutcome> => {
    const reject = (text: string): GoalOutcome => ({ status: "rejected", result: NO_RESULT, text });
    const refusal = parts.refusal();
    if (refusal !== undefined) return reject(refusal);
    const target = poseOf(goal);
    if (typeof target === "string") return reject(target);
    const done = await desk.run("base", context.signal, async (signal): Promise<GoalOutcome> => {
      const stop = repeatFeedback(parts, context, async () => {
        const { basePoseInOdom: at } = await robot.joints();
        const pose = stamped(at, { version: link.version, ms: clock.nowMs() });
        const way = Math.hypot(target.xM - at.xM, target.yM - at.yM);
        return link.version === 1
          ? { base_position: pose }
          : { current_pose: pose, distance_remaining: way, number_of_recoveries: 0 };
      });
      const moved = await robot.moveBase(target, { signal }).finally(stop);
      if (moved.ok) return { status: "succeeded", result: NO_RESULT };
      const status = context.signal.aborted ? "canceled" : "aborted";
      return { status, result: NO_RESULT, text: moved.message };
    });
    return done === "busy" ? reject(BUSY) : done;
  };

  if (link.version === 2) {
    serveAction(link, clock, {
      action: NAVIGATE_ACTION,
      type: "nav2_msgs/NavigateToPose",
      onGoal: ({ pose }, context) => drive((pose ?? {}) as RosMessage, context),
    });
  } else {
    serveAction(link, clock, {
      action: MOVE_BASE_ACTION,
      type: "move_base_msgs/MoveBase",
      onGoal: ({ target_pose: pose }, context) => drive((pose ?? {}) as RosMessage, context),
    });
  }

  let driving = false;
  link.subscribe(VELOCITY_TOPIC, "geometry_msgs/Twist", (message) => {
    const velocity = velocityOf(message);
    if (velocity === undefined || parts.refusal() !== undefined) return;
    const isZero = velocity.xMps === 0 && velocity.yMps === 0 && velocity.yawRadps === 0;
    robot.setVelocity(velocity, isZero ? 0 : VELOCITY_COUNTS_S);
    // A goal that is under way has the base; a velocity does not take it away.
    if (driving || isZero || desk.isMoving) return;
    driving = true;
    desk
      .run("base", new AbortController().signal, (signal) => robot.driveBase({ signal }))
      // A robot that is being closed in mid-drive has nobody to tell.
      .catch(() => undefined)
      .finally(() => (driving = false));
  });
}

function poseOf(stampedPose: RosMessage): Pose2d | string {
  const frame = headerFrame(stampedPose);
  // The simulated world has no map beside its odometry, which does not drift.
  if (frame !== "odom" && frame !== "map") return `Expected a pose in the frame odom or map, found "${frame}".`;
  const { position, orientation } = (stampedPose.pose ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const values = [position?.x, position?.y, orientation?.x, orientation?.y, orientation?.z, orientation?.w];
  if (!values.every((value): value is number => Number.isFinite(value))) return "Expected finite numbers in the pose.";
  const [xM, yM, qx, qy, qz, qw] = values;
  if (Math.hypot(qx, qy, qz, qw) < 0.5) return "Expected a unit quaternion as the pose's orientation.";
  return { xM, yM, yawRad: Math.atan2(2 * (qw * qz + qx * qy), 1 - 2 * (qy * qy + qz * qz)) };
}

const stamped = ({ xM, yM, yawRad }: Pose2d, { version, ms }: { version: 1 | 2; ms: number }): RosMessage => ({
  header: { stamp: rosTime(version, ms), frame_id: "odom" },
  pose: {
    position: { x: xM, y: yM, z: 0 },
    orientation: { x: 0, y: 0, z: Math.sin(yawRad / 2), w: Math.cos(yawRad / 2) },
  },
});

function velocityOf(message: RosMessage): BaseVelocity | undefined {
  const { linear, angular } = message as Record<string, Record<string, unknown> | undefined>;
  const values = [linear?.x ?? 0, linear?.y ?? 0, angular?.z ?? 0];
  if (!values.every((value): value is number => Number.isFinite(value))) return undefined;
  const [x, y, yaw] = values;
  const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
  return {
    xMps: within(x, MAX_SPEED_MPS),
    yMps: within(y, MAX_SPEED_MPS),
    yawRadps: within(yaw, MAX_TURN_RADPS),
  };
}
