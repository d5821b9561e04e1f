import { composePoses, invertPose, type Pose } from "../../domain/geometry/pose.js";
import { inverseKinematics, planToolPath, type RobotModel } from "../../domain/kinematics/index.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { ArmDriver } from "./arm-driver.js";
import { createActionClient } from "./create-action-client.js";
import { motionEnd } from "./motion-end.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { rosHeader } from "./stamps.js";

type MoveitArm = Extract<RosProfile["arm"], { type: "moveit" }>;

/** moveit_msgs/MoveItErrorCodes that say more than "failed". */
const CODES: Readonly<Record<number, readonly [MotionFailure, string]>> = {
  [-1]: ["out-of-reach", "no plan was found"],
  [-2]: ["out-of-reach", "the plan is not valid"],
  [-4]: ["not-moved", "the controller failed"],
  [-6]: ["timeout", "planning took too long"],
  [-7]: ["stopped", "it was preempted"],
  [-10]: ["keep-out", "the arm starts in collision"],
  [-12]: ["keep-out", "the goal is in collision"],
  [-23]: ["stale-frame", "the robot state is too old"],
  [-24]: ["stale-frame", "the sensor data are too old"],
  [-31]: ["out-of-reach", "there is no inverse kinematics"],
};

/** Longest that planning and one motion may take, ms. */
const FINISH_MS = 60_000;
const PLANNING_S = 5;

/**
 * An arm behind MoveIt's MoveGroup. Lines are planned by Pilz LIN and joint motions by Pilz PTP, because their paths are the ones
 * that the safety layer has checked; a sampling planner would go any way it likes.
 */
export function createMoveitArm(
  link: RosLink,
  options: {
    readonly profile: MoveitArm;
    readonly model: RobotModel;
    readonly timers: Timers;
    readonly patience: number;
    /** TF frame of the base link, and the tool in the tip link. */
    readonly baseFrame: string;
    readonly toolInTip: Pose;
    readonly baseInBaseLink?: Pose;
  },
): ArmDriver {
  const { profile, model, timers, patience } = options;
  const client = createActionClient(link, { action: profile.action, type: "moveit_msgs/MoveGroup", timers });

  const request = async (
    constraints: RosMessage,
    planner: { readonly id: "LIN" | "PTP"; readonly velocity: number },
    signal: AbortSignal,
  ): Promise<Result<void, MotionFailure>> => {
    const goal: RosMessage = {
      request: {
        group_name: profile.group,
        pipeline_id: "pilz_industrial_motion_planner",
        planner_id: planner.id,
        num_planning_attempts: 1,
        allowed_planning_time: PLANNING_S,
        max_velocity_scaling_factor: Math.min(1, Math.max(0.01, planner.velocity)),
        max_acceleration_scaling_factor: 0.3,
        start_state: { is_diff: true },
        goal_constraints: [constraints],
      },
      planning_options: {
        plan_only: false,
        replan: false,
        planning_scene_diff: { is_diff: true, robot_state: { is_diff: true } },
      },
    };
    const { acceptBy, acceptTimeoutMs } = profile;
    const end = await client.send(goal, {
      signal,
      acceptBy,
      acceptTimeoutMs: acceptTimeoutMs * patience,
      finishTimeoutMs: FINISH_MS * patience,
    });
    const values = "values" in end ? end.values : undefined;
    const code = (values?.error_code as RosMessage | undefined)?.val;
    if (typeof code === "number" && code !== 1 && end.status !== "canceled") {
      const [failure, words] = CODES[code] ?? ["not-moved", `MoveIt error ${code}`];
      return fail(failure, `MoveIt did not carry out the motion: ${words}.`, { code });
    }
    const moved = motionEnd("motion", end);
    return moved.ok ? ok(undefined) : moved;
  };
  const jointGoal = (positions: readonly number[]): RosMessage => ({
    joint_constraints: profile.joints.map((joint, i) => ({
      joint_name: joint,
      position: positions[i],
      tolerance_above: 0.001,
      tolerance_below: 0.001,
      weight: 1,
    })),
  });
  const toJoints = (positions: readonly number[], speedRadps: number, signal: AbortSignal) => {
    const slowest = Math.min(...model.joints.map(({ maxSpeed }) => maxSpeed));
    return request(jointGoal(positions), { id: "PTP", velocity: speedRadps / slowest }, signal);
  };

  return {
    client,
    async moveTool(from, poseInBase, { signal, speedMps }) {
      const path = planToolPath(model, from, poseInBase);
      if (!path.ok) return path;
      if (path.value.kind === "joint") {
        const goal = inverseKinematics(model, poseInBase, { seed: from });
        if (!goal.ok) return goal;
        return toJoints(goal.value, speedMps, signal);
      }
      const inBaseLink =
        options.baseInBaseLink === undefined ? poseInBase : composePoses(options.baseInBaseLink, poseInBase);
      const tip = composePoses(inBaseLink, invertPose(options.toolInTip));
      return request(
        poseGoal(link, profile.tipLink, { frame: options.baseFrame, pose: tip }),
        { id: "LIN", velocity: speedMps / profile.maxTransMps },
        signal,
      );
    },
    moveJoints: (_from, positions, { signal, speedRadps }) => toJoints(positions, speedRadps, signal),
  };
}

function poseGoal(link: RosLink, tipLink: string, { frame, pose }: { frame: string; pose: Pose }): RosMessage {
  const [x, y, z] = pose.position;
  const [qx, qy, qz, qw] = pose.orientation;
  const header = rosHeader(link.version, 0, frame);
  const upright = { position: { x, y, z }, orientation: { x: 0, y: 0, z: 0, w: 1 } };
  return {
    position_constraints: [
      {
        header,
        link_name: tipLink,
        target_point_offset: { x: 0, y: 0, z: 0 },
        // 2 is a sphere, 1 mm in radius.
        constraint_region: { primitives: [{ type: 2, dimensions: [0.001] }], primitive_poses: [upright] },
        weight: 1,
      },
    ],
    orientation_constraints: [
      {
        header,
        link_name: tipLink,
        orientation: { x: qx, y: qy, z: qz, w: qw },
        absolute_x_axis_tolerance: 0.005,
        absolute_y_axis_tolerance: 0.005,
        absolute_z_axis_tolerance: 0.005,
        weight: 1,
      },
    ],
  };
}
