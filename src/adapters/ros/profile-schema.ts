import { z } from "zod";

const topicName = z
  .string()
  .regex(/^\/?[A-Za-z0-9_~{}][A-Za-z0-9_/~{}]*$/, "expected a ROS name such as /joint_states");
const metres = z.number();
const poseSchema = z.strictObject({
  position: z.tuple([metres, metres, metres]).describe("x, y, z, metres."),
  orientation: z
    .tuple([z.number(), z.number(), z.number(), z.number()])
    .default([0, 0, 0, 1])
    .describe("Quaternion x, y, z, w."),
});
const positions = z
  .array(z.number())
  .min(1)
  .describe("Radians (metres for sliding joints), in the order of the arm's joints.");

const modelSchema = z.strictObject({
  source: z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("topic"), name: topicName.default("/robot_description") }),
      z.strictObject({ type: z.literal("param"), name: topicName.default("/robot_description") }),
      z.strictObject({ type: z.literal("file"), path: z.string() }),
    ])
    .prefault({ type: "topic" })
    .describe("Where the URDF is: a latched topic (ROS 2), a parameter (ROS 1), or a file beside the profile."),
  baseLink: z.string().describe("Link that is handeye's base frame: on the floor under the arm, x forward, z up."),
  tipLink: z.string().describe("Last link of the arm's chain."),
  toolInTip: poseSchema
    .prefault({ position: [0, 0, 0] })
    .describe(
      "Tool centre point in the tip link: z out of the hand, y along the finger opening, origin between the fingertips.",
    ),
  baseInBaseLink: poseSchema
    .optional()
    .describe("Base frame in baseLink, where no link lies on the floor under the arm."),
  homePositions: positions.describe("Joint positions at rest, out of the camera's view."),
  seedPositions: z.array(positions).default([]).describe("Further starts for inverse kinematics."),
  handRadiusM: z
    .number()
    .positive()
    .optional()
    .describe("Radius of the capsule round the hand where the URDF has no shapes."),
});

const actionLimits = {
  acceptTimeoutMs: z
    .number()
    .positive()
    .default(2_000)
    .describe("A goal without a sign of life after this is given up."),
  acceptBy: z
    .enum(["feedback", "finish"])
    .default("feedback")
    .describe('What tells that a goal was taken; "finish" for servers that send no feedback.'),
};

const armSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("trajectory").describe("FollowJointTrajectory; handeye's own inverse kinematics."),
    action: topicName.describe("for example /arm_controller/follow_joint_trajectory"),
    joints: z.array(z.string()).min(1).describe("Names, in the order of the chain from base to tip."),
    toleranceRad: z
      .number()
      .positive()
      .default(0.05)
      .describe("Farther from the goal than this at the end is not reached."),
    ...actionLimits,
  }),
  z.strictObject({
    type: z.literal("moveit").describe("MoveIt's MoveGroup action; straight lines by the Pilz planner."),
    action: topicName.default("/move_action").describe("/move_action in ROS 2, /move_group in ROS 1."),
    group: z.string().describe("Planning group."),
    tipLink: z.string().describe("Link that pose goals are for; the same as model.tipLink."),
    joints: z.array(z.string()).min(1),
    maxTransMps: z.number().positive().default(1).describe("max_trans_vel of the Pilz limits."),
    toleranceRad: z.number().positive().default(0.05),
    acceptTimeoutMs: z.number().positive().default(10_000),
    acceptBy: z.enum(["feedback", "finish"]).default("feedback"),
  }),
]);

const gripperSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none") }),
  z.strictObject({
    type: z
      .enum(["gripper-command", "parallel-gripper-command"])
      .describe("control_msgs GripperCommand, or ParallelGripperCommand of newer controllers."),
    action: topicName.describe("for example /gripper_controller/gripper_cmd"),
    joint: z.string().describe("The joint whose position tells the width."),
    closedPosition: z.number().describe("Position of that joint with the fingertips together."),
    openPosition: z.number().describe("Position of that joint with the fingers as far apart as they go."),
    maxWidthM: z.number().positive().describe("Distance of the fingertips then."),
    maxForceN: z.number().positive().default(40),
    acceptTimeoutMs: z.number().positive().default(2_000),
    acceptBy: z.enum(["feedback", "finish"]).default("finish"),
    finishTimeoutMs: z.number().positive().default(6_000).describe("A goal that has not ended after this is given up."),
  }),
]);

const baseSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none").describe("The base does not drive.") }),
  z.strictObject({
    type: z.literal("nav2").describe("Nav2's NavigateToPose."),
    action: topicName.default("/navigate_to_pose"),
    finishTimeoutMs: z.number().positive().default(120_000),
    ...actionLimits,
  }),
  z.strictObject({
    type: z.literal("cmd-vel").describe("Velocities of bounded duration, ended by repeated zeros."),
    topic: topicName.default("/cmd_vel"),
    stamped: z.boolean().default(false).describe("TwistStamped (ros2_control since jazzy, Nav2 since kilted)."),
    maxSpeedMps: z.number().positive().default(0.3),
    maxTurnRadps: z.number().positive().default(0.6),
    positionToleranceM: z.number().positive().default(0.02),
    yawToleranceRad: z.number().positive().default(0.03),
    maxDurationMs: z.number().positive().default(30_000).describe("One drive never takes longer."),
  }),
]);

const pictureSchema = z.strictObject({
  topic: topicName,
  transport: z
    .enum(["compressed", "raw", "compressed-depth"])
    .describe("CompressedImage (JPEG, PNG), Image, or compressedDepth's CompressedImage."),
});
const cameraSchema = z.strictObject({
  color: pictureSchema,
  info: topicName.describe("CameraInfo of the colour pictures."),
  depth: pictureSchema.optional().describe("Registered to the colour pictures: same size, same optical frame."),
  opticalFrame: z.string().optional().describe("Where the pictures' frame_id is wrong or empty."),
  distortion: z
    .enum(["refuse", "ignore"])
    .default("refuse")
    .describe("What to do about lens distortion in CameraInfo; better subscribe to rectified pictures."),
  depthWithinMs: z
    .number()
    .positive()
    .default(40)
    .describe("Depth belongs to a picture when their stamps differ by no more."),
});

/** A robot as ROS shows it: which topics, actions and frames are what. Data, in launch/profiles. */
export const rosProfileSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  description: z.string().optional(),
  frames: z
    .strictObject({
      base: z.string().default("base_link").describe("TF frame of model.baseLink."),
      odom: z.string().default("odom").describe("TF frame in which the base's own motion is measured."),
    })
    .prefault({}),
  model: modelSchema,
  jointStates: topicName.default("/joint_states"),
  maxStateAgeMs: z.number().positive().default(500).describe("Joint states older than this count as a lost robot."),
  patience: z
    .number()
    .min(1)
    .default(1)
    .describe("Multiplies the time limits of motions, for simulators that run slower than real time."),
  arm: armSchema,
  gripper: gripperSchema.prefault({ type: "none" }),
  base: baseSchema.prefault({ type: "none" }),
  head: z
    .strictObject({
      action: topicName,
      joints: z.tuple([z.string(), z.string()]).describe("Pan (left positive), then tilt (down positive)."),
      homePositions: z.tuple([z.number(), z.number()]).default([0, 0]),
      signs: z.tuple([z.number(), z.number()]).default([1, 1]).describe("-1 where the joint turns the other way."),
      speedRadps: z.number().positive().default(1),
      ...actionLimits,
    })
    .optional()
    .describe("A head that pans and tilts, moved by FollowJointTrajectory."),
  cameras: z.strictObject({ head: cameraSchema, wrist: cameraSchema.optional() }),
  stop: z
    .strictObject({
      command: topicName.nullable().default("/handeye/stop").describe("std_msgs/Bool, true = stop, false = cleared."),
      service: topicName.optional().describe("std_srvs/Trigger that stops the robot, called as well."),
      states: z
        .array(topicName)
        .default(["/handeye/stopped"])
        .describe("std_msgs/Bool of emergency and protective stops; any true one holds the robot."),
    })
    .prefault({}),
  lease: z
    .strictObject({
      heartbeat: topicName.default("/handeye/lease"),
      watchdog: topicName.default("/handeye/watchdog"),
    })
    .prefault({}),
  diagnostics: topicName.optional().describe("diagnostic_msgs/DiagnosticArray, shown as notes."),
});
export type RosProfile = z.infer<typeof rosProfileSchema>;
export type RosCameraProfile = RosProfile["cameras"]["head"];
