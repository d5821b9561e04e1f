import type { Quaternion } from "../../src/domain/geometry/quaternion.js";
import { quaternionFromAxisAngle } from "../../src/domain/geometry/quaternion.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import { drawerParts } from "../scenes/drawer-shape.js";
import type { DrawerSpec, ObjectSpec, SceneSpec, StaticSpec } from "../scenes/scene-spec.js";
import { objectGeoms } from "./object-geoms.js";
import { FINGERS_IN_HAND_M, HAND_IN_FLANGE, MOUNT_HEIGHT_M, pandaModel, TOOL_IN_HAND_M } from "./panda-model.js";

export const TIMESTEP_S = 0.002;

/** Who meets whom. Drawers slide in their cabinet, so drawers and statics pass through each other; so do parts of the robot. */
const LAYER = { statics: 1, object: 2, robot: 4, drawer: 8 } as const;
const COLLISION = {
  statics: `contype="${LAYER.statics}" conaffinity="0"`,
  object: `contype="${LAYER.object}" conaffinity="${LAYER.statics | LAYER.object | LAYER.robot | LAYER.drawer}"`,
  robot: `contype="${LAYER.robot}" conaffinity="${LAYER.statics | LAYER.object | LAYER.drawer}"`,
  drawer: `contype="${LAYER.drawer}" conaffinity="0"`,
} as const;

/** Position servos of the arm: kv / kp is the lag that `ARM_LAG_S` cancels; equal for all joints so that paths stay straight. */
export const ARM_KP = [4500, 4500, 3500, 3500, 2000, 2000, 2000];
export const ARM_LAG_S = 0.1;
export const BASE_LAG_S = 0.1;

export const ARM_JOINTS = pandaModel.joints.map(({ name }) => name);
export const BASE_JOINTS = ["base-x", "base-y", "base-yaw"] as const;
export const FINGER_JOINTS = ["finger-left-slide", "finger-right-slide"] as const;
export const drawerJoint = (id: string): string => `slide:${id}`;
export const objectBody = (id: string): string => `object:${id}`;
export const drawerBody = (id: string): string => `drawer:${id}`;

const numbers = (values: readonly number[]): string => values.map((value) => +value.toFixed(7)).join(" ");
/** MuJoCo writes quaternions wxyz. */
const quat = ([x, y, z, w]: Quaternion): string => `quat="${numbers([w, x, y, z])}"`;
const pos = (position: Vec3): string => `pos="${numbers(position)}"`;
const half = (full: Vec3): string => numbers([full[0] / 2, full[1] / 2, full[2] / 2]);
const aboutZ = (yawRad: number): Quaternion => quaternionFromAxisAngle([0, 0, 1], yawRad);

const staticGeom = (part: StaticSpec): string =>
  `<geom name="static:${part.name}" type="box" size="${half(part.sizeM)}" ${pos(part.center)} ${quat(aboutZ(part.yawRad))} ` +
  `${COLLISION.statics} friction="0.8 0.01 0.0005"/>`;

function drawerXml(drawer: DrawerSpec): string {
  const { boxes, bars } = drawerParts(drawer);
  const boards = boxes.map(
    ({ part, center, sizeM }) =>
      `<geom name="drawer:${drawer.id}:${part}" type="box" size="${half(sizeM)}" ${pos(center)} ${COLLISION.drawer} ` +
      `mass="${part === "floor" ? 0.4 : 0.15}" friction="0.7 0.01 0.0005"/>`,
  );
  const handle = bars.map(
    ({ part, from, to, radiusM }) =>
      `<geom name="handle:${drawer.id}:${part}" type="capsule" size="${numbers([radiusM])}" ` +
      `fromto="${numbers([...from, ...to])}" ${COLLISION.drawer} mass="0.03" condim="4" friction="1.2 0.03 0.001"/>`,
  );
  return (
    `<body name="${drawerBody(drawer.id)}" ${pos(drawer.center)} ${quat(aboutZ(drawer.yawRad))}>` +
    `<joint name="${drawerJoint(drawer.id)}" type="slide" axis="-1 0 0" range="0 ${drawer.travelM}" damping="8" ` +
    `frictionloss="2" armature="0.1"/>${boards.join("")}${handle.join("")}</body>`
  );
}

/** Round fruit would roll for ever without rolling friction (condim 6). */
const contactOf = ({ kind }: ObjectSpec): string =>
  kind === "apple" || kind === "lemon" ? `condim="6" friction="1 0.02 0.003"` : `condim="4" friction="1 0.02 0.001"`;

function objectXml(object: ObjectSpec): string {
  const geoms = objectGeoms(object);
  const volume = geoms.reduce((sum, geom) => sum + geom.volume, 0);
  const shapes = geoms.map(
    (geom, index) =>
      `<geom name="object:${object.id}:${index}" type="${geom.type}" size="${numbers(geom.size)}" ${pos(geom.position)} ` +
      `${quat(geom.orientation)} mass="${numbers([(object.massKg * geom.volume) / volume])}" ${COLLISION.object} ${contactOf(object)}/>`,
  );
  const { position, orientation } = object.pose;
  return (
    `<body name="${objectBody(object.id)}" ${pos(position)} ${quat(orientation)}>` +
    `<freejoint name="free:${object.id}"/>${shapes.join("")}</body>`
  );
}

/** Capsules of one link, from the same model that the safety checks use. */
const linkGeoms = (link: number): string =>
  pandaModel.capsules
    .filter((capsule) => capsule.link === link)
    .map(
      ({ from, to, radiusM }, index) =>
        `<geom name="robot:link${link + 1}:${index}" type="capsule" size="${radiusM}" fromto="${numbers([...from, ...to])}" ` +
        `${COLLISION.robot} mass="1"/>`,
    )
    .join("");

/** With priority: mixed with a thing's soft default contact, a held cylinder creeps out of the pads, half a millimetre a second. */
const PAD = `priority="1" condim="4" friction="1.6 0.05 0.001" solimp="0.95 0.99 0.001" solref="0.005 1"`;

/** Finger in its own frame: slides along +y, pad's face at y = 0, tip 1 cm beyond the tool centre point. */
const fingerXml = (side: "left" | "right"): string =>
  `<body name="finger-${side}" pos="0 0 ${FINGERS_IN_HAND_M}" ${side === "left" ? "" : 'quat="0 0 0 1"'} gravcomp="1">` +
  `<joint name="finger-${side}-slide" type="slide" axis="0 1 0" range="0 0.04" damping="20" armature="0.1"/>` +
  `<geom name="robot:finger-${side}" type="box" size="0.0105 0.008 0.025" pos="0 0.008 0.03" ${COLLISION.robot} mass="0.05" ${PAD}/>` +
  `<site name="pad-${side}" type="box" size="0.0125 0.0095 0.0265" pos="0 0.008 0.03"/></body>`;

const handXml =
  `<body name="hand" ${pos(HAND_IN_FLANGE.position)} ${quat(HAND_IN_FLANGE.orientation)} gravcomp="1">` +
  `<geom name="robot:hand" type="box" size="0.027 0.1 0.03" pos="0 0 0.03" ${COLLISION.robot} mass="0.6"/>` +
  `<site name="tool" pos="0 0 ${TOOL_IN_HAND_M}" size="0.004"/>${fingerXml("left")}${fingerXml("right")}</body>`;

/** The arm as nested bodies, from the joints of the robot model. */
function armXml(index: number): string {
  if (index === pandaModel.joints.length) return handXml;
  const { name, originInParent, lower, upper } = pandaModel.joints[index];
  return (
    `<body name="link${index + 1}" ${pos(originInParent.position)} ${quat(originInParent.orientation)} gravcomp="1">` +
    `<joint name="${name}" axis="0 0 1" range="${lower} ${upper}" damping="1" armature="0.1"/>` +
    `${linkGeoms(index)}${armXml(index + 1)}</body>`
  );
}

/** The box ends below the counter's slab, which it may stand under. */
const baseXml =
  `<body name="base" gravcomp="1"><joint name="base-x" type="slide" axis="1 0 0" damping="50"/>` +
  `<joint name="base-y" type="slide" axis="0 1 0" damping="50"/><joint name="base-yaw" type="hinge" axis="0 0 1" damping="20"/>` +
  `<geom name="robot:base" type="box" size="0.25 0.25 0.32" pos="0 0 0.35" ${COLLISION.robot} mass="60"/>` +
  `<body name="link0" pos="0 0 ${MOUNT_HEIGHT_M}" gravcomp="1">${linkGeoms(-1)}${armXml(0)}</body></body>`;

const actuators = [
  ...BASE_JOINTS.map((name) => {
    const kp = name === "base-yaw" ? 20_000 : 60_000;
    return `<position name="servo:${name}" joint="${name}" kp="${kp}" kv="${kp * BASE_LAG_S}"/>`;
  }),
  // No force range: MuJoCo leaves the damping of a clamped actuator out of its implicit step, and the arm would chatter.
  ...ARM_JOINTS.map((name, i) => {
    return `<position name="servo:${name}" joint="${name}" kp="${ARM_KP[i]}" kv="${ARM_KP[i] * ARM_LAG_S}"/>`;
  }),
  // One drive for both fingers, as in the real hand; its length is the mean of the two slides, half the opening.
  `<position name="servo:gripper" tendon="fingers" kp="3000" kv="60" forcerange="-70 70"/>`,
].join("");

/**
 * MJCF of a scene with the robot at its origin: names of bodies are those of `BodyPoses`. Drawers start closed and the arm
 * straight; the physics sets them.
 */
export function worldXml(scene: SceneSpec): string {
  return `<mujoco model="${scene.layout}-${scene.seed}">
<compiler angle="radian"/>
<option timestep="${TIMESTEP_S}" integrator="implicitfast" cone="elliptic" impratio="10"/>
<worldbody>
${scene.statics
  .filter(({ collides }) => collides)
  .map(staticGeom)
  .join("\n")}
${scene.drawers.map(drawerXml).join("\n")}
${scene.objects.map(objectXml).join("\n")}
${baseXml}
</worldbody>
<tendon><fixed name="fingers"><joint joint="${FINGER_JOINTS[0]}" coef="0.5"/><joint joint="${FINGER_JOINTS[1]}" coef="0.5"/></fixed></tendon>
<equality><joint joint1="${FINGER_JOINTS[0]}" joint2="${FINGER_JOINTS[1]}" solimp="0.95 0.99 0.001" solref="0.005 1"/></equality>
<actuator>${actuators}</actuator>
<sensor><touch name="touch-left" site="pad-left"/><touch name="touch-right" site="pad-right"/></sensor>
</mujoco>`;
}
