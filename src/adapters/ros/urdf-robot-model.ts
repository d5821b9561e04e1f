import { composePoses, IDENTITY_POSE, invertPose, transformPoint, type Pose } from "../../domain/geometry/pose.js";
import type { JointModel, LinkCapsule, RobotModel } from "../../domain/kinematics/robot-model.js";
import { distance, type Vec3 } from "../../domain/geometry/vec3.js";
import { fail, ok, type Failure, type Result } from "../../domain/result.js";
import { capsulesOfShapes, type BareCapsule } from "./urdf-capsules.js";
import { readUrdf, type UrdfDocument, type UrdfFailure, type UrdfJoint } from "./urdf-document.js";

export type { UrdfFailure } from "./urdf-document.js";

export interface UrdfModelOptions {
  /** Link that carries the base frame: on the floor under the arm, x forward, z up. */
  readonly baseLink: string;
  /** Last link of the chain. */
  readonly tipLink: string;
  /** Base frame in `baseLink`, where no link lies there. Default: the same frame. */
  readonly baseInBaseLink?: Pose;
  /** Tool centre point in the tip link: z out of the hand, y along the finger opening. Default: the tip's own frame. */
  readonly toolInTip?: Pose;
  readonly gripper: RobotModel["gripper"];
  /** Default: the middle of each joint's range. */
  readonly homePositions?: readonly number[];
  readonly seedPositions?: readonly (readonly number[])[];
  /** Radius given to links whose shape is a mesh or missing, metres. Default 0.07. */
  readonly linkRadiusM?: number;
  /** The same for the hand. Default 0.05. */
  readonly handRadiusM?: number;
  /** In place of the URDF's own shapes. */
  readonly capsules?: readonly LinkCapsule[];
}

/** Joints that turn without end are held to so many radians either way. */
const CONTINUOUS_RAD = 2 * Math.PI;
const LINK_RADIUS_M = 0.07;
const HAND_RADIUS_M = 0.05;
/** Fingertips below a hand of unknown shape stay free: they are meant to come near things. */
const FREE_TIP_M = 0.03;

/**
 * The arm between two links of a URDF. Fixed joints are folded into their neighbours; links with meshes or without shapes get a
 * capsule from joint to joint. Only the text is read: no files, no packages.
 */
export function robotModelFromUrdf(xml: string, options: UrdfModelOptions): Result<RobotModel, UrdfFailure> {
  const read = readUrdf(xml);
  if (!read.ok) return read;
  const urdf = read.value;
  const path = pathOf(urdf, options);
  if (!path.ok) return path;

  const joints: JointModel[] = [];
  /** Link that each model link is: the mount's first, then the child of each moving joint. */
  const carriers: string[] = [options.baseLink];
  let pending = options.baseInBaseLink === undefined ? IDENTITY_POSE : invertPose(options.baseInBaseLink);
  let mountInBase: Pose | undefined;
  for (const joint of path.value) {
    if (joint.type === "fixed") {
      pending = composePoses(pending, joint.origin);
      if (mountInBase === undefined) carriers[0] = joint.child;
      continue;
    }
    const model = jointModel(joint);
    if (!model.ok) return model;
    if (mountInBase === undefined) {
      mountInBase = pending;
      pending = IDENTITY_POSE;
    }
    joints.push({ ...model.value, originInParent: composePoses(pending, joint.origin) });
    carriers.push(joint.child);
    pending = IDENTITY_POSE;
  }
  if (mountInBase === undefined) {
    return fail(
      "broken-chain",
      `Expected moving joints between "${options.baseLink}" and "${options.tipLink}", found ${path.value.length} fixed ones. ` +
        `Check model.baseLink and model.tipLink of the profile.`,
    );
  }
  const toolInFlange = composePoses(pending, options.toolInTip ?? IDENTITY_POSE);
  const home = options.homePositions ?? joints.map(({ lower, upper }) => (lower + upper) / 2);
  const wrong = [home, ...(options.seedPositions ?? [])].find((positions) => positions.length !== joints.length);
  if (wrong !== undefined) {
    return fail(
      "broken-chain",
      `Expected ${joints.length} joint positions (${joints.map(({ name }) => name).join(", ")}), found ${wrong.length} in the ` +
        `profile's home or seed positions.`,
    );
  }
  const parts = { urdf, joints, carriers, toolInFlange, options };
  return ok({
    name: urdf.name,
    mountInBase,
    joints,
    toolInFlange,
    capsules: options.capsules ?? capsulesOfArm(parts),
    gripper: options.gripper,
    homePositions: home,
    seedPositions: options.seedPositions ?? [],
  });
}

/** The joints from base to tip. */
function pathOf(
  { links, joints }: UrdfDocument,
  { baseLink, tipLink }: UrdfModelOptions,
): Result<readonly UrdfJoint[], UrdfFailure> {
  for (const [field, link] of [
    ["baseLink", baseLink],
    ["tipLink", tipLink],
  ] as const) {
    if (links.has(link)) continue;
    return fail("missing-link", `Expected a link "${link}" (${field}); the URDF has ${listed([...links.keys()])}.`, {
      link,
    });
  }
  const path: UrdfJoint[] = [];
  const visited = new Set<string>([tipLink]);
  for (let link = tipLink; link !== baseLink;) {
    const above = joints.filter(({ child }) => child === link);
    if (above.length > 1) {
      return fail(
        "urdf-loop",
        `Link "${link}" hangs on ${above.length} joints (${above.map(({ name }) => name).join(", ")}); a URDF is a tree. ` +
          `Closed linkages have to be opened in the description.`,
      );
    }
    if (above.length === 0) {
      return fail(
        "broken-chain",
        `Expected a chain from "${baseLink}" to "${tipLink}"; going up from the tip it ends at "${link}". ` +
          `Exchange the two, or choose links of one arm.`,
      );
    }
    const [joint] = above;
    if (visited.has(joint.parent)) {
      return fail("urdf-loop", `The links above "${tipLink}" form a loop at "${joint.parent}"; a URDF is a tree.`);
    }
    visited.add(joint.parent);
    path.unshift(joint);
    link = joint.parent;
  }
  return ok(path);
}

const listed = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(", ")} and ${names.length - 12} more` : names.join(", ");

function jointModel(joint: UrdfJoint): Result<Omit<JointModel, "originInParent">, UrdfFailure> {
  const { name, type, axis, limit, mimic } = joint;
  const unsupported = (what: string): Failure<UrdfFailure> =>
    fail("unsupported-joint", `Joint "${name}" ${what}; an arm's joints turn or slide, each on its own.`, {
      joint: name,
    });
  if (mimic !== undefined) return unsupported(`mimics "${mimic}"`);
  if (type === "floating" || type === "planar") return unsupported(`is ${type}`);
  const maxSpeed = limit?.velocity;
  if (maxSpeed === undefined || maxSpeed <= 0) {
    return fail(
      "missing-limit",
      `Expected <limit velocity="..."> above 0 at joint "${name}", found ${maxSpeed ?? "none"}. Without it no motion can be timed.`,
      { joint: name },
    );
  }
  if (type === "continuous")
    return ok({ name, type: "revolute", axis, lower: -CONTINUOUS_RAD, upper: CONTINUOUS_RAD, maxSpeed });
  const { lower, upper } = limit ?? {};
  if (lower === undefined || upper === undefined || lower >= upper) {
    return fail(
      "missing-limit",
      `Expected <limit lower="..." upper="..."> with lower below upper at joint "${name}", found ${lower ?? "none"} and ${upper ?? "none"}.`,
      { joint: name },
    );
  }
  return ok({ name, type: type === "prismatic" ? "prismatic" : "revolute", axis, lower, upper, maxSpeed });
}

interface ArmParts {
  readonly urdf: UrdfDocument;
  readonly joints: readonly JointModel[];
  readonly carriers: readonly string[];
  readonly toolInFlange: Pose;
  readonly options: UrdfModelOptions;
}

function capsulesOfArm({ urdf, joints, carriers, toolInFlange, options }: ArmParts): readonly LinkCapsule[] {
  const chain = new Set(carriers);
  const flange = carriers[joints.length];
  const capsules: LinkCapsule[] = [];
  const add = (link: number, shapes: readonly BareCapsule[]): void => {
    for (const shape of shapes) capsules.push({ link, ...shape });
  };
  for (let i = 0; i <= joints.length; i++) {
    const link = i - 1;
    const name = carriers[i];
    const shapes = capsulesOfShapes(urdf.links.get(name)?.collisions ?? [], IDENTITY_POSE);
    // What hangs on the flange is the hand, and comes below. The link of the base frame is the vehicle, not the arm.
    const hanging = name === flange ? [] : hangingOn(urdf, name, { stop: chain, pose: IDENTITY_POSE, moving: false });
    if (link === -1 && name === options.baseLink) continue;
    const bare = [...shapes, ...hanging];
    if (bare.length > 0) add(link, bare);
    else if (link >= 0) add(link, fallbackLink(joints[i]?.originInParent.position, options));
  }
  const toolFromFlange = invertPose(toolInFlange);
  const hand = hangingOn(urdf, flange, { stop: chain, pose: toolFromFlange, moving: true });
  add(joints.length, hand.length > 0 ? hand : fallbackHand(toolFromFlange.position, options));
  return capsules;
}

/** From the joint to the next one; a link of no length needs none of its own. */
function fallbackLink(next: Vec3 | undefined, { linkRadiusM = LINK_RADIUS_M }: UrdfModelOptions): BareCapsule[] {
  if (next === undefined || distance(next, [0, 0, 0]) < 0.01) return [];
  return [{ from: [0, 0, 0], to: next, radiusM: linkRadiusM }];
}

/** From the flange towards the tool, the fingertips left free; in the tool's frame. */
function fallbackHand(flange: Vec3, { handRadiusM = HAND_RADIUS_M }: UrdfModelOptions): BareCapsule[] {
  const end = -(handRadiusM + FREE_TIP_M);
  return flange[2] >= end ? [] : [{ from: flange, to: [0, 0, end], radiusM: handRadiusM }];
}

/** Shapes of all that is fixed to a link beside the chain; with `moving`, fingers too, as far open as they go. */
function hangingOn(
  urdf: UrdfDocument,
  name: string,
  options: { readonly stop: ReadonlySet<string>; readonly pose: Pose; readonly moving: boolean },
): BareCapsule[] {
  return urdf.joints
    .filter(({ parent, child }) => parent === name && !options.stop.has(child))
    .flatMap((joint) => {
      if (joint.type !== "fixed" && !options.moving) return [];
      const open: Vec3 = joint.type === "prismatic" ? scaled(joint.axis, farthest(joint)) : [0, 0, 0];
      const pose = composePoses(options.pose, {
        position: transformPoint(joint.origin, open),
        orientation: joint.origin.orientation,
      });
      return [
        ...capsulesOfShapes(urdf.links.get(joint.child)?.collisions ?? [], pose),
        // A URDF that is no tree would go on for ever.
        ...hangingOn(urdf, joint.child, { ...options, pose, stop: new Set([...options.stop, joint.child]) }),
      ];
    });
}

const farthest = ({ limit }: UrdfJoint): number => limit?.upper ?? 0;
const scaled = (axis: Vec3, by: number): Vec3 => [axis[0] * by, axis[1] * by, axis[2] * by];
