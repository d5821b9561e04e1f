import loadMujoco, { type MainModule, type MjData, type MjModel } from "@mujoco/mujoco";
import type { Pose, Pose2d } from "../../src/domain/geometry/pose.js";
import { composePoses, invertPose } from "../../src/domain/geometry/pose.js";
import type { BodyPoses } from "../render/scene-renderer.types.js";
import type { SceneSpec } from "../scenes/scene-spec.js";
import { pandaModel } from "../worlds/panda-model.js";
import {
  ARM_JOINTS,
  ARM_LAG_S,
  BASE_JOINTS,
  drawerBody,
  drawerJoint,
  FINGER_JOINTS,
  objectBody,
  TIMESTEP_S,
  worldXml,
} from "../worlds/world-xml.js";

const ROBOT_BODIES = [
  "base",
  ...Array.from({ length: 8 }, (_, i) => `link${i}`),
  "hand",
  "finger-left",
  "finger-right",
];
const BASE_CONTROL = 0;
const ARM_CONTROL = BASE_JOINTS.length;
const GRIPPER_CONTROL = ARM_CONTROL + ARM_JOINTS.length;
/** Long enough for things to come to rest from a millimetre above their support. */
const SETTLING_STEPS = 150;
const OPENING_FORCE_N = 40;
/**
 * What contacts may ask of each joint before something counts as in the way, of the size of a Panda's own thresholds: 60 N half a
 * metre away. Fingers that slide down along a bag ask for up to 27 and 13.
 */
const CONTACT_NM = [32, 32, 32, 32, 16, 16, 16];

/** A touching pair, by geom name: `static:...`, `drawer:<id>:...`, `handle:<id>:...`, `object:<id>:...`, `robot:...`. */
export type Touching = readonly [string, string];

/** The physics of one scene with one robot. Nothing here waits: every call is a matter of microseconds. */
export interface World {
  readonly scene: SceneSpec;
  /** Advances by one time step, `TIMESTEP_S`. */
  step(): void;
  jointPositions(): number[];
  /** Of the arm, rad/s. */
  jointVelocities(): number[];
  /** Fastest of the arm's joints, rad/s. */
  jointSpeed(): number;
  /**
   * True when a joint feels more torque from outside than a load in the hand explains: something is in the way. Such arms have
   * torque sensors behind their gears, and subtract what their own motion takes.
   */
  feelsContact(): boolean;
  baseSpeed(): number;
  /** Along the odometry frame's axes and about its vertical, m/s and rad/s. */
  baseVelocity(): readonly [number, number, number];
  basePose(): Pose2d;
  /** Finger opening, metres, and the speed at which it changes. */
  gripperWidth(): number;
  gripperSpeed(): number;
  /** Force on each finger's pad, newtons. */
  touchForces(): readonly [number, number];
  /** Greatest force that anything but the joints exerts on one of the arm's links or the palm, fingers left out, newtons. */
  bumpForce(): number;
  drawerOpening(id: string): number;
  /** Servo targets; `speeds` is fed forward so that the arm does not lag. */
  commandArm(positions: ArrayLike<number>, speeds?: ArrayLike<number>): void;
  commandGripper(widthM: number, forceN: number): void;
  commandBase(pose: Pose2d): void;
  /** Zero velocity command for everything: each servo keeps where it is. Fingers that hold something keep their grip. */
  hold(): void;
  /** In the world frame. */
  bodyPose(name: string): Pose;
  bodyPoses(): BodyPoses;
  handPoseInBase(): Pose;
  touching(): readonly Touching[];
  dispose(): void;
}

/** Parts that have no business touching anything. */
const ARM_BODIES = ["link1", "link2", "link3", "link4", "link5", "link6", "link7", "hand"] as const;

interface Addresses {
  readonly bodies: ReadonlyMap<string, number>;
  readonly geoms: readonly string[];
  readonly arm: { readonly q: readonly number[]; readonly v: readonly number[] };
  readonly base: { readonly q: readonly number[]; readonly v: readonly number[] };
  readonly fingers: { readonly q: readonly number[]; readonly v: readonly number[] };
  readonly drawers: ReadonlyMap<string, number>;
}

interface NamedHandle {
  readonly id: number;
  readonly name: string;
  delete(): void;
}

/** Reads from one of MuJoCo's handles and gives it back: they live outside the garbage collector. */
function using<T>(handle: NamedHandle, read: (handle: NamedHandle) => T): T {
  try {
    return read(handle);
  } finally {
    handle.delete();
  }
}

function addressesOf(model: MjModel, scene: SceneSpec): Addresses {
  const jointId = (name: string): number => using(model.jnt(name), ({ id }) => id);
  const joints = (names: readonly string[]): { q: number[]; v: number[] } => {
    const ids = names.map(jointId);
    return { q: ids.map((id) => model.jnt_qposadr[id]), v: ids.map((id) => model.jnt_dofadr[id]) };
  };
  const names = [
    ...ROBOT_BODIES,
    ...scene.drawers.map(({ id }) => drawerBody(id)),
    ...scene.objects.map(({ id }) => objectBody(id)),
  ];
  return {
    bodies: new Map(names.map((name) => [name, using(model.body(name), ({ id }) => id)])),
    geoms: Array.from({ length: model.ngeom }, (_, id) => using(model.geom(id), ({ name }) => name)),
    arm: joints(ARM_JOINTS),
    base: joints(BASE_JOINTS),
    fingers: joints(FINGER_JOINTS),
    drawers: new Map(scene.drawers.map(({ id }) => [id, model.jnt_qposadr[jointId(drawerJoint(id))]])),
  };
}

let mujoco: Promise<MainModule> | undefined;

/** Builds the scene, sets drawers and arm to their start, and lets things come to rest. */
export async function createWorld(scene: SceneSpec): Promise<World> {
  mujoco ??= loadMujoco();
  const mj = await mujoco;
  const model = mj.MjModel.from_xml_string(worldXml(scene));
  if (!model) throw new Error("MuJoCo refused the world's MJCF.");
  const data = new mj.MjData(model);
  const at = addressesOf(model, scene);
  const world = worldOf({ mj, model, data, at, scene });

  for (const drawer of scene.drawers) data.qpos[at.drawers.get(drawer.id) as number] = drawer.openM;
  pandaModel.homePositions.forEach((position, i) => (data.qpos[at.arm.q[i]] = position));
  for (const address of at.fingers.q) data.qpos[address] = pandaModel.gripper.maxWidthM / 2;
  world.commandArm(pandaModel.homePositions);
  world.commandGripper(pandaModel.gripper.maxWidthM, OPENING_FORCE_N);
  for (let i = 0; i < SETTLING_STEPS; i++) world.step();
  return world;
}

interface Parts {
  readonly mj: MainModule;
  readonly model: MjModel;
  readonly data: MjData;
  readonly at: Addresses;
  readonly scene: SceneSpec;
}

function worldOf({ mj, model, data, at, scene }: Parts): World {
  const fastest = (addresses: readonly number[]): number => {
    const velocities = data.qvel as Float64Array;
    return addresses.reduce((most, address) => Math.max(most, Math.abs(velocities[address])), 0);
  };
  const bodyPose = (name: string): Pose => {
    const id = at.bodies.get(name);
    if (id === undefined) throw new Error(`No body "${name}" in the world.`);
    const p = data.xpos as Float64Array;
    const q = data.xquat as Float64Array;
    return {
      position: [p[3 * id], p[3 * id + 1], p[3 * id + 2]],
      orientation: [q[4 * id + 1], q[4 * id + 2], q[4 * id + 3], q[4 * id]],
    };
  };
  const basePose = (): Pose2d => {
    const [xM, yM, yawRad] = at.base.q.map((address) => data.qpos[address]);
    return { xM, yM, yawRad };
  };
  const jointPositions = (): number[] => at.arm.q.map((address) => data.qpos[address]);
  const gripperWidth = (): number => data.qpos[at.fingers.q[0]] + data.qpos[at.fingers.q[1]];
  const touchForces = (): readonly [number, number] => [data.sensordata[0], data.sensordata[1]];
  const commandBase = ({ xM, yM, yawRad }: Pose2d): void => data.ctrl.set([xM, yM, yawRad], BASE_CONTROL);
  const commandArm: World["commandArm"] = (positions, speeds) => {
    const control = data.ctrl as Float64Array;
    for (let i = 0; i < ARM_JOINTS.length; i++)
      control[ARM_CONTROL + i] = positions[i] + (speeds === undefined ? 0 : speeds[i] * ARM_LAG_S);
  };

  return {
    scene,
    step: () => mj.mj_step(model, data),
    jointPositions,
    jointVelocities: () => at.arm.v.map((address) => data.qvel[address]),
    jointSpeed: () => fastest(at.arm.v),
    feelsContact: () => CONTACT_NM.some((most, i) => Math.abs(data.qfrc_constraint[at.arm.v[i]]) > most),
    baseSpeed: () => fastest(at.base.v),
    baseVelocity: () => [data.qvel[at.base.v[0]], data.qvel[at.base.v[1]], data.qvel[at.base.v[2]]],
    basePose,
    gripperWidth,
    gripperSpeed: () => data.qvel[at.fingers.v[0]] + data.qvel[at.fingers.v[1]],
    touchForces,
    drawerOpening: (id) => data.qpos[at.drawers.get(id) as number],
    commandArm,
    commandGripper(widthM, forceN) {
      data.ctrl[GRIPPER_CONTROL] = widthM / 2;
      // The drive's force is shared by the two fingers.
      model.actuator_forcerange.set([-2 * forceN, 2 * forceN], 2 * GRIPPER_CONTROL);
    },
    commandBase,
    hold() {
      commandArm(jointPositions());
      commandBase(basePose());
      if (touchForces().every((force) => force < 0.5)) data.ctrl[GRIPPER_CONTROL] = gripperWidth() / 2;
    },
    bodyPose,
    bodyPoses: () => new Map([...at.bodies.keys()].map((name) => [name, bodyPose(name)])),
    handPoseInBase: () => composePoses(invertPose(bodyPose("base")), bodyPose("hand")),
    bumpForce() {
      // Contact forces per body are not part of a step: this pass sums them (torque first, then force).
      mj.mj_rnePostConstraint(model, data);
      const forces = data.cfrc_ext as Float64Array;
      return ARM_BODIES.reduce((most, name) => {
        const i = 6 * (at.bodies.get(name) as number);
        return Math.max(most, Math.hypot(forces[i + 3], forces[i + 4], forces[i + 5]));
      }, 0);
    },
    touching() {
      const pairs: Touching[] = [];
      const contacts = data.contact;
      for (let i = 0; i < data.ncon; i++) {
        const contact = contacts.get(i);
        if (!contact) continue;
        if (contact.dist < 0.0005) pairs.push([at.geoms[contact.geom1], at.geoms[contact.geom2]]);
        contact.delete();
      }
      contacts.delete();
      return pairs;
    },
    dispose() {
      data.delete();
      model.delete();
    },
  };
}

export { TIMESTEP_S };
