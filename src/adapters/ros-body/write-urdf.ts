import { composePoses, invertPose, type Pose } from "../../domain/geometry/pose.js";
import { quaternionFromAxes, quaternionToMatrix, type Quaternion } from "../../domain/geometry/quaternion.js";
import { cross, distance, normalize, subtract, type Vec3 } from "../../domain/geometry/vec3.js";
import type { LinkCapsule, RobotModel } from "../../domain/kinematics/robot-model.js";

/** A camera on a link: its optical frame (x right, y down, z forward). */
export interface MountedCamera {
  readonly frame: string;
  readonly link: string;
  readonly poseInLink: Pose;
}

/** A camera on a mast that pans about the vertical and tilts about the camera's own x axis. */
export interface PanTiltCamera {
  readonly frame: string;
  /** Optical frame in the base frame while both joints are at zero. */
  readonly homeInBase: Pose;
  readonly joints: readonly [HeadJoint, HeadJoint];
  readonly maxSpeedRadps: number;
}
export interface HeadJoint {
  readonly name: string;
  readonly lower: number;
  readonly upper: number;
}

export interface UrdfExtras {
  /** Hand's frame in the last link; default: the tool's. */
  readonly handInFlange?: Pose;
  readonly head?: PanTiltCamera;
  readonly cameras?: readonly MountedCamera[];
}

/** Names of frames that everything published about a body uses. */
export const BASE_LINK = "base_link";
export const TOOL_LINK = "tool";
export const FINGER_JOINTS = ["finger_left", "finger_right"] as const;
/** `link0` is the arm's mount; `link<n>` is moved by the n-th joint. */
export const armLink = (index: number): string => `link${index}`;

/**
 * A robot model as URDF. A capsule becomes a cylinder with a ball at each end; fingers are drawn closed and slide apart by half the
 * gripper's width each.
 */
export function writeUrdf(model: RobotModel, extras: UrdfExtras = {}): string {
  const last = model.joints.length;
  const handInFlange = extras.handInFlange ?? model.toolInFlange;
  const toolInHand = composePoses(invertPose(handInFlange), model.toolInFlange);
  const half = model.gripper.maxWidthM / 2;
  const shapesOf = (link: number): readonly LinkCapsule[] => model.capsules.filter((capsule) => capsule.link === link);
  const handShapes = shapesOf(last);
  const isFinger = ({ from, to }: LinkCapsule, side: 1 | -1): boolean => side * from[1] >= half && side * to[1] >= half;
  const fingerPose: Pose = { ...toolInHand };
  const lines = [
    `<link name="${BASE_LINK}"/>`,
    fixed("mount", { parent: BASE_LINK, child: armLink(0), pose: model.mountInBase }),
    link(armLink(0), shapesOf(-1)),
    ...model.joints.flatMap((joint, i) => [
      `<joint name="${joint.name}" type="${joint.type}">${between(armLink(i), armLink(i + 1))}${origin(joint.originInParent)}` +
        `<axis xyz="${numbers(joint.axis)}"/>${limit(joint, joint.maxSpeed)}</joint>`,
      link(armLink(i + 1), shapesOf(i)),
    ]),
    fixed("hand_mount", { parent: armLink(last), child: "hand", pose: handInFlange }),
    link(
      "hand",
      handShapes.filter((shape) => !isFinger(shape, 1) && !isFinger(shape, -1)),
      toolInHand,
    ),
    fixed("tool_mount", { parent: "hand", child: TOOL_LINK, pose: toolInHand }),
    `<link name="${TOOL_LINK}"/>`,
    ...FINGER_JOINTS.flatMap((name, i) => {
      const side = i === 0 ? 1 : -1;
      const mimic = i === 0 ? "" : `<mimic joint="${FINGER_JOINTS[0]}"/>`;
      const shut: Pose = { position: [0, -side * half, 0], orientation: [0, 0, 0, 1] };
      return [
        `<joint name="${name}" type="prismatic">${between("hand", `${name}_link`)}${origin(fingerPose)}` +
          `<axis xyz="0 ${side} 0"/>${limit({ lower: 0, upper: half }, 0.2)}${mimic}</joint>`,
        link(
          `${name}_link`,
          handShapes.filter((shape) => isFinger(shape, side)),
          shut,
        ),
      ];
    }),
    ...(extras.head === undefined ? [] : headLines(extras.head)),
    ...(extras.cameras ?? []).flatMap(({ frame, link: parent, poseInLink }) => [
      fixed(`${frame}_mount`, { parent, child: frame, pose: poseInLink }),
      `<link name="${frame}"/>`,
    ]),
  ];
  return `<?xml version="1.0"?>\n<robot name="${model.name}">\n${lines.join("\n")}\n</robot>\n`;
}

function headLines({ frame, homeInBase, joints: [pan, tilt], maxSpeedRadps }: PanTiltCamera): string[] {
  const turned = (joint: HeadJoint, axis: string, pose: Pose, parent: string, child: string): string =>
    `<joint name="${joint.name}" type="revolute">${between(parent, child)}${origin(pose)}<axis xyz="${axis}"/>` +
    `${limit(joint, maxSpeedRadps)}</joint>`;
  return [
    turned(pan, "0 0 1", { position: homeInBase.position, orientation: [0, 0, 0, 1] }, BASE_LINK, "head_pan_link"),
    `<link name="head_pan_link"/>`,
    turned(tilt, "-1 0 0", { position: [0, 0, 0], orientation: homeInBase.orientation }, "head_pan_link", frame),
    `<link name="${frame}"/>`,
  ];
}

const numbers = (values: readonly number[]): string => values.map((value) => String(+value.toFixed(9))).join(" ");
const between = (parent: string, child: string): string => `<parent link="${parent}"/><child link="${child}"/>`;
const origin = ({ position, orientation }: Pose): string =>
  `<origin xyz="${numbers(position)}" rpy="${numbers(rollPitchYaw(orientation))}"/>`;
const limit = ({ lower, upper }: { lower: number; upper: number }, velocity: number): string =>
  `<limit lower="${numbers([lower])}" upper="${numbers([upper])}" velocity="${numbers([velocity])}" effort="87"/>`;
const fixed = (name: string, { parent, child, pose }: { parent: string; child: string; pose: Pose }): string =>
  `<joint name="${name}" type="fixed">${between(parent, child)}${origin(pose)}</joint>`;

/** A link with shapes, which are given in a frame that `pose` places in the link's. */
function link(name: string, shapes: readonly LinkCapsule[], pose?: Pose): string {
  if (shapes.length === 0) return `<link name="${name}"/>`;
  return `<link name="${name}">${shapes.map((shape) => collisions(shape, pose)).join("")}</link>`;
}

function collisions({ from, to, radiusM }: LinkCapsule, pose: Pose | undefined): string {
  const at = (position: Vec3, orientation: Quaternion = [0, 0, 0, 1]): string => {
    const local = { position, orientation };
    return origin(pose === undefined ? local : composePoses(pose, local));
  };
  const collision = (where: string, geometry: string): string =>
    `<collision>${where}<geometry>${geometry}</geometry></collision>`;
  const ball = (position: Vec3): string => collision(at(position), `<sphere radius="${numbers([radiusM])}"/>`);
  const lengthM = distance(from, to);
  if (lengthM === 0) return ball(from);
  const middle: Vec3 = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2];
  const cylinder = `<cylinder radius="${numbers([radiusM])}" length="${numbers([lengthM])}"/>`;
  return collision(at(middle, alongZ(subtract(to, from))), cylinder) + ball(from) + ball(to);
}

/** Some orientation whose z axis points along a direction. */
function alongZ(direction: Vec3): Quaternion {
  const z = normalize(direction);
  const x = normalize(cross(Math.abs(z[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0], z));
  return quaternionFromAxes(x, cross(z, x), z);
}

/** Fixed-axis angles as URDF has them; where pitch is straight up or down, all of the turn is given to yaw. */
function rollPitchYaw(q: Quaternion): Vec3 {
  const m = quaternionToMatrix(q);
  if (Math.abs(m[6]) > 1 - 1e-9) return [0, -Math.sign(m[6]) * (Math.PI / 2), Math.atan2(-m[1], m[4])];
  return [Math.atan2(m[7], m[8]), Math.asin(-m[6]), Math.atan2(m[3], m[0])];
}
