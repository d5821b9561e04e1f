import { composePoses, invertPose, type Pose } from "../../domain/geometry/pose.js";
import { quaternionFromAxisAngle } from "../../domain/geometry/quaternion.js";
import type { RobotModel } from "../../domain/kinematics/robot-model.js";
import type { RosMessage, RosVersion } from "../ros/ros-types.js";
import { rosHeader } from "../ros/stamps.js";
import type { JointReadings, ServedBody } from "./served-body.js";
import { armLink, BASE_LINK, FINGER_JOINTS, TOOL_LINK, type PanTiltCamera } from "./write-urdf.js";

/** One transform of TF: `pose` is that of `child` in `parent`. */
export interface NamedTransform {
  readonly parent: string;
  readonly child: string;
  readonly pose: Pose;
}

export const ODOM_FRAME = "odom";
export const PAN_LINK = "head_pan_link";

/** The transforms that never change: mount, hand, tool, cameras that are bolted on. */
export function fixedTransforms({ robot, description }: ServedBody): NamedTransform[] {
  const { model } = robot;
  const handInFlange = description.handInFlange ?? model.toolInFlange;
  return [
    { parent: BASE_LINK, child: armLink(0), pose: model.mountInBase },
    { parent: armLink(model.joints.length), child: "hand", pose: handInFlange },
    { parent: "hand", child: TOOL_LINK, pose: composePoses(invertPose(handInFlange), model.toolInFlange) },
    ...(description.cameras ?? []).map(({ frame, link, poseInLink }) => ({
      parent: link,
      child: frame,
      pose: poseInLink,
    })),
  ];
}

/** The others, as robot_state_publisher would compute them from the joints, and the base's way. */
export function movingTransforms({ robot, description }: ServedBody, joints: JointReadings): NamedTransform[] {
  const { model } = robot;
  const { xM, yM, yawRad } = joints.basePoseInOdom;
  const handInFlange = description.handInFlange ?? model.toolInFlange;
  const toolInHand = composePoses(invertPose(handInFlange), model.toolInFlange);
  return [
    { parent: ODOM_FRAME, child: BASE_LINK, pose: { position: [xM, yM, 0], orientation: turn([0, 0, 1], yawRad) } },
    ...armTransforms(model, joints.arm.positions),
    ...FINGER_JOINTS.map((name, i) => ({
      parent: "hand",
      child: `${name}_link`,
      pose: composePoses(toolInHand, {
        position: [0, ((i === 0 ? 1 : -1) * joints.gripper.widthM) / 2, 0],
        orientation: [0, 0, 0, 1],
      }),
    })),
    ...headTransforms(description.head, joints.gaze),
  ];
}

const turn = quaternionFromAxisAngle;

const armTransforms = ({ joints }: RobotModel, positions: readonly number[]): NamedTransform[] =>
  joints.map(({ type, axis, originInParent }, i) => {
    const moved: Pose =
      type === "revolute"
        ? { position: [0, 0, 0], orientation: turn(axis, positions[i]) }
        : {
            position: [axis[0] * positions[i], axis[1] * positions[i], axis[2] * positions[i]],
            orientation: [0, 0, 0, 1],
          };
    return { parent: armLink(i), child: armLink(i + 1), pose: composePoses(originInParent, moved) };
  });

export function headTransforms(
  head: PanTiltCamera,
  { panRad, tiltRad }: { readonly panRad: number; readonly tiltRad: number },
): NamedTransform[] {
  const tilted = composePoses(
    { position: [0, 0, 0], orientation: head.homeInBase.orientation },
    { position: [0, 0, 0], orientation: turn([1, 0, 0], -tiltRad) },
  );
  return [
    {
      parent: BASE_LINK,
      child: PAN_LINK,
      pose: { position: head.homeInBase.position, orientation: turn([0, 0, 1], panRad) },
    },
    { parent: PAN_LINK, child: head.frame, pose: tilted },
  ];
}

/** The same two frames for a picture whose camera pose is known: whatever the joints said, the product is exact. */
export function headTransformsAt(head: PanTiltCamera, opticalInBase: Pose, panRad: number): NamedTransform[] {
  const pan: Pose = { position: head.homeInBase.position, orientation: turn([0, 0, 1], panRad) };
  return [
    { parent: BASE_LINK, child: PAN_LINK, pose: pan },
    { parent: PAN_LINK, child: head.frame, pose: composePoses(invertPose(pan), opticalInBase) },
  ];
}

/** `tf2_msgs/TFMessage`. */
export const tfMessage = (version: RosVersion, stampMs: number, transforms: readonly NamedTransform[]): RosMessage => ({
  transforms: transforms.map(({ parent, child, pose: { position: p, orientation: q } }) => ({
    header: rosHeader(version, stampMs, parent),
    child_frame_id: child,
    transform: {
      translation: { x: p[0], y: p[1], z: p[2] },
      rotation: { x: q[0], y: q[1], z: q[2], w: q[3] },
    },
  })),
});
