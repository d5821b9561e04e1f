import type { Intrinsics } from "../../../src/domain/frame.js";
import { composePoses, IDENTITY_POSE, type Pose } from "../../../src/domain/geometry/pose.js";
import { multiplyQuaternions, quaternionFromAxisAngle } from "../../../src/domain/geometry/quaternion.js";
import {
  forwardKinematics,
  forwardPose,
  inverseKinematics,
  topDownPose,
  type RobotModel,
} from "../../../src/domain/kinematics/index.js";
import type { Random } from "../../../src/domain/random.js";
import type { SceneSpec } from "../../../sim/scenes/index.js";
import { FINGERS_IN_HAND_M, TOOL_IN_HAND_M } from "../../../sim/worlds/panda-model.js";
import type { Arrangement } from "./repose.js";

/** Folded back to the right, out of the head camera's view of the counter: what most pictures should show, wherever home is. */
const ASIDE = [-2.595, 0.255, 1.147, -1.675, -0.237, 1.776, -0.627];

/** One picture to be taken. */
export interface View {
  readonly bodies: ReadonlyMap<string, Pose>;
  readonly intrinsics: Intrinsics;
  readonly cameraInBase: Pose;
  readonly cameraInWorld: Pose;
  readonly openM: ReadonlyMap<string, number>;
}

/** Where the arm is, what it holds, how the head looks, where the base stands: drawn for one arrangement of a scene. */
export function drawView(
  scene: SceneSpec,
  arrangement: Arrangement,
  { robot, random }: { robot: RobotModel; random: Random },
): View {
  const bodies = new Map<string, Pose>();
  for (const [id, pose] of arrangement.objects) bodies.set(`object:${id}`, pose);
  for (const drawer of scene.drawers) {
    const open = arrangement.openM.get(drawer.id)!;
    const [x, y, z] = drawer.center;
    bodies.set(`drawer:${drawer.id}`, {
      position: [x - open * Math.cos(drawer.yawRad), y - open * Math.sin(drawer.yawRad), z],
      orientation: quaternionFromAxisAngle([0, 0, 1], drawer.yawRad),
    });
  }
  const base = drawBase(random.fork("base"));
  const arm = drawArm(scene, arrangement, { robot, base, random: random.fork("arm") });
  addArm(bodies, arm, { robot, base });
  if (arm.holds) bodies.set(`object:${arm.holds.id}`, composePoses(base, arm.holds.pose));
  const { intrinsics, cameraInBase } = drawCamera(scene, random.fork("camera"));
  return {
    bodies,
    intrinsics,
    cameraInBase,
    cameraInWorld: composePoses(base, cameraInBase),
    openM: arrangement.openM,
  };
}

/** Mostly at the origin, where it starts; the rest of the time driven a little. */
function drawBase(random: Random): Pose {
  if (random.chance(0.85)) return IDENTITY_POSE;
  return {
    position: [random.between(-0.35, 0.03), random.between(-0.3, 0.3), 0],
    orientation: quaternionFromAxisAngle([0, 0, 1], random.between(-0.25, 0.25)),
  };
}

interface Arm {
  readonly joints: readonly number[];
  readonly gripperM: number;
  /** Pose in the base frame. */
  readonly holds?: { readonly id: string; readonly pose: Pose };
}

function drawArm(
  scene: SceneSpec,
  arrangement: Arrangement,
  { robot, base, random }: { robot: RobotModel; base: Pose; random: Random },
): Arm {
  const home = robot.homePositions;
  const gripperM = random.between(0, robot.gripper.maxWidthM);
  const u = random.next();
  if (u < 0.5) {
    const [rest, spread] = u < 0.25 ? [home, 0.02] : [ASIDE, 0.15];
    return {
      joints: rest.map((q) => q + random.between(-spread, spread)),
      gripperM: random.chance(0.5) ? 0.08 : gripperM,
    };
  }
  if (u < 0.58) {
    // Between home and somewhere: on its way.
    const goal = robot.seedPositions.length > 0 ? random.pick(robot.seedPositions) : home;
    const t = random.next();
    return { joints: home.map((q, i) => q + t * (goal[i] - q) + random.between(-0.2, 0.2)), gripperM };
  }
  const atHandle = scene.drawers.length > 0 && random.chance(0.25);
  const drawer = atHandle ? random.pick(scene.drawers) : undefined;
  const open = drawer ? arrangement.openM.get(drawer.id)! : 0;
  const target = drawer
    ? forwardPose(
        [
          drawer.center[0] - drawer.sizeM[0] / 2 - drawer.handle.standoffM - open - random.between(-0.01, 0.12),
          drawer.center[1] + random.between(-0.03, 0.03),
          drawer.center[2] + drawer.handle.heightM,
        ],
        0,
      )
    : topDownPose(
        [random.between(0.25, 0.62), random.between(-0.55, 0.55), random.between(0.78, 1.15)],
        random.between(-Math.PI / 2, Math.PI / 2),
      );
  const solved = inverseKinematics(robot, target, {
    seed: random.chance(0.5) ? home : random.pick(robot.seedPositions),
    starts: 6,
  });
  if (!solved.ok) return { joints: home, gripperM };
  const liftable = scene.objects.filter((o) => o.kind !== "bowl" && Math.min(o.sizeM[0], o.sizeM[1]) < 0.078);
  if (drawer || liftable.length === 0 || base !== IDENTITY_POSE || random.chance(0.5))
    return { joints: solved.value, gripperM };
  const held = random.pick(liftable);
  const [x, y] = held.sizeM;
  const alongOpening = Math.atan2(
    2 * (target.orientation[0] * target.orientation[1]),
    target.orientation[0] ** 2 - target.orientation[1] ** 2,
  );
  const orientation = quaternionFromAxisAngle(
    [0, 0, 1],
    alongOpening + (x < y ? Math.PI / 2 : 0) + random.between(-0.1, 0.1),
  );
  const position = [
    target.position[0],
    target.position[1],
    target.position[2] - Math.max(0, held.sizeM[2] / 2 - 0.04),
  ] as const;
  return { joints: solved.value, gripperM: Math.min(x, y), holds: { id: held.id, pose: { position, orientation } } };
}

function addArm(bodies: Map<string, Pose>, arm: Arm, { robot, base }: { robot: RobotModel; base: Pose }): void {
  const { links, tool } = forwardKinematics(robot, arm.joints);
  bodies.set("base", base);
  links.forEach((pose, i) => bodies.set(`link${i}`, composePoses(base, pose)));
  const hand = composePoses(base, composePoses(tool, { position: [0, 0, -TOOL_IN_HAND_M], orientation: [0, 0, 0, 1] }));
  bodies.set("hand", hand);
  const half = arm.gripperM / 2;
  bodies.set("finger-left", composePoses(hand, { position: [0, half, FINGERS_IN_HAND_M], orientation: [0, 0, 0, 1] }));
  bodies.set(
    "finger-right",
    composePoses(hand, { position: [0, -half, FINGERS_IN_HAND_M], orientation: [0, 0, 1, 0] }),
  );
}

function drawCamera(scene: SceneSpec, random: Random): { intrinsics: Intrinsics; cameraInBase: Pose } {
  const { headCamera } = scene;
  const fov = headCamera.horizontalFovRad + random.between(-0.03, 0.03);
  const fx = headCamera.width / 2 / Math.tan(fov / 2);
  const intrinsics = { fx, fy: fx, cx: headCamera.width / 2, cy: headCamera.height / 2 };
  const looks = random.chance(0.2);
  const pan = looks ? random.between(-0.6, 0.6) : random.between(-0.02, 0.02);
  const tilt = looks ? random.between(-0.35, 0.35) : random.between(-0.02, 0.02);
  const elsewhere = random.chance(0.06);
  const shift = (amount: number): number => (elsewhere ? random.between(-amount, amount) : random.between(-0.01, 0.01));
  const [x, y, z] = headCamera.poseInBase.position;
  const panned = multiplyQuaternions(quaternionFromAxisAngle([0, 0, 1], pan), headCamera.poseInBase.orientation);
  return {
    intrinsics,
    cameraInBase: {
      position: [x + shift(0.15), y + shift(0.2), z + shift(0.2)],
      orientation: multiplyQuaternions(panned, quaternionFromAxisAngle([1, 0, 0], tilt)),
    },
  };
}
