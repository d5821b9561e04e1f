import type { Clock } from "../../ports/clock.js";
import { rosHeader } from "../ros/stamps.js";
import { fixedTransforms, movingTransforms, ODOM_FRAME, tfMessage } from "./body-frames.js";
import type { BodyLink } from "./body-link.js";
import type { ServedBody } from "./served-body.js";
import { BASE_LINK, FINGER_JOINTS, writeUrdf } from "./write-urdf.js";

export interface StatePublisher {
  /** Joints, frames and odometry as they are now. */
  publish(): Promise<void>;
  /** Transforms that somebody else has measured, for a time of their own. */
  readonly sendTransforms: (message: ReturnType<typeof tfMessage>) => boolean;
}

/** `/joint_states`, `/tf`, `/odom`; once and latched `/tf_static` and `/robot_description`. */
export function createStatePublisher(link: BodyLink, clock: Clock, body: ServedBody): StatePublisher {
  const { version } = link;
  const { model } = body.robot;
  const sendJoints = link.advertise("/joint_states", "sensor_msgs/JointState");
  const sendTransforms = link.advertise("/tf", "tf2_msgs/TFMessage");
  const sendOdometry = link.advertise("/odom", "nav_msgs/Odometry");
  const sendFixed = link.advertise("/tf_static", "tf2_msgs/TFMessage", { latch: true });
  const sendDescription = link.advertise("/robot_description", "std_msgs/String", { latch: true });
  sendFixed(tfMessage(version, clock.nowMs(), fixedTransforms(body)));
  const urdf = writeUrdf(model, body.description);
  sendDescription({ data: urdf });
  link.onState((isUp) => {
    // Where the tools of ROS 1 look for it.
    const args = { name: "/robot_description", value: JSON.stringify(urdf) };
    if (isUp && version === 1)
      link.send({ op: "call_service", id: "robot_description", service: "/rosapi/set_param", args });
  });

  const headNames = body.description.head.joints.map(({ name }) => name);
  const names = [...model.joints.map(({ name }) => name), ...FINGER_JOINTS, ...headNames];
  return {
    sendTransforms,
    async publish() {
      const joints = await body.robot.joints();
      // When they were read, not when they arrived: whoever plans from them must not take where the arm was for where it is.
      const stampMs = body.toRosMs(joints.timeMs);
      const { arm, gripper, gaze, basePoseInOdom: at, baseVelocity: speed } = joints;
      const finger = gripper.widthM / 2;
      const fingerSpeed = gripper.speedMps / 2;
      sendJoints({
        header: rosHeader(version, stampMs),
        name: names,
        position: [...arm.positions, finger, finger, gaze.panRad, gaze.tiltRad],
        velocity: [...arm.velocities, fingerSpeed, fingerSpeed, 0, 0],
        effort: [],
      });
      sendTransforms(tfMessage(version, stampMs, movingTransforms(body, joints)));
      sendOdometry({
        header: rosHeader(version, stampMs, ODOM_FRAME),
        child_frame_id: BASE_LINK,
        pose: {
          pose: {
            position: { x: at.xM, y: at.yM, z: 0 },
            orientation: { x: 0, y: 0, z: Math.sin(at.yawRad / 2), w: Math.cos(at.yawRad / 2) },
          },
          covariance: NO_COVARIANCE,
        },
        twist: {
          twist: { linear: { x: speed.xMps, y: speed.yMps, z: 0 }, angular: { x: 0, y: 0, z: speed.yawRadps } },
          covariance: NO_COVARIANCE,
        },
      });
    },
  };
}

const NO_COVARIANCE = new Array<number>(36).fill(0);
