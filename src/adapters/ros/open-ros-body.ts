import { ControllerError } from "../../domain/errors.js";
import type { Pose2d } from "../../domain/geometry/pose.js";
import type { RobotModel } from "../../domain/kinematics/index.js";
import type { Camera } from "../../ports/camera.js";
import type { Clock } from "../../ports/clock.js";
import type { Robot } from "../../ports/robot.js";
import type { ArmDriver } from "./arm-driver.js";
import type { BaseDriver } from "./base-driver.js";
import { checkGraph } from "./check-graph.js";
import { createActionClient } from "./create-action-client.js";
import { fetchUrdf } from "./fetch-urdf.js";
import { createGripperDriver } from "./gripper-driver.js";
import { createJointStates, type JointStates } from "./joint-states.js";
import { createLease } from "./lease.js";
import { createMoveitArm } from "./moveit-arm.js";
import { createNav2Base } from "./nav2-base.js";
import type { RosProfile } from "./profile-schema.js";
import { createRobotClock, type RobotClock } from "./robot-clock.js";
import { createRosCamera } from "./ros-camera.js";
import { createRosLink, type RosLink, type RosLinkOptions } from "./ros-link.js";
import { createRosRobot } from "./ros-robot.js";
import { rosType } from "./stamps.js";
import { createStopLine } from "./stop-line.js";
import { createTfBuffer } from "./tf-buffer.js";
import { createTrajectoryArm } from "./trajectory-arm.js";
import { robotModelFromUrdf } from "./urdf-robot-model.js";
import { createVelocityBase } from "./velocity-base.js";

export interface RosBodyOptions extends RosLinkOptions {
  readonly profile: RosProfile;
  readonly clock: Clock;
  /** False: moves without a watchdog that would hold the robot if this program died. */
  readonly requireLease: boolean;
  /** Unique to this controller and this start of it. */
  readonly holder: string;
  /** Reads a file that the profile names. */
  readonly readText: (path: string) => Promise<string>;
  /** Something other than this side stopped the robot: the link, the lease, an emergency stop. */
  readonly onHalt?: (reason: string) => void;
  /** In place of the robot's own description. */
  readonly model?: RobotModel;
}

/** A robot in a ROS graph, as the ports see it. */
export interface RosBody {
  readonly robot: Robot;
  readonly head: Camera;
  readonly wrist?: Camera;
  readonly link: RosLink;
  readonly robotClock: RobotClock;
  close(): Promise<void>;
}

/** Clocks drift by milliseconds a minute and are corrected in steps. */
const CLOCK_CHECK_MS = 10_000;

/**
 * Connects to a robot over rosbridge: both lines, the clock's offset, the topics and their types, its model. The robot itself still
 * has to `connect()`: servers and lease. Rejects with `robot-disconnected`, saying what was expected, found, and what to do.
 */
export async function openRosBody(options: RosBodyOptions): Promise<RosBody> {
  const { profile, clock, timers, onNote } = options;
  const link = createRosLink({ ...options, clientId: options.holder });
  await link.connect();
  if (isOpenToOthers(options.url)) {
    onNote?.(
      "warning",
      `${options.url} is neither encrypted nor on this machine, and rosbridge knows no passwords: whoever is on the network can move ` +
        `the robot. Put it behind wss:// with a login, or on a network of its own.`,
    );
  }
  try {
    const robotClock = createRobotClock({ link, clock, timers });
    if (!(await robotClock.measure())) {
      throw new ControllerError(
        "robot-disconnected",
        `Expected the robot's time of /rosapi/get_time at ${link.url}, found none.`,
      );
    }
    if (Math.abs(robotClock.offsetMs ?? 0) > 1_000) {
      onNote?.(
        "warning",
        `The robot's clock is ${Math.round((robotClock.offsetMs ?? 0) / 1000)} s from this machine's; ages count by the robot's.`,
      );
    }
    const missing = (await checkGraph(link, profile)).filter(({ ok }) => !ok);
    if (missing.length > 0) {
      throw new ControllerError(
        "robot-disconnected",
        `The robot at ${link.url} is not what profile "${profile.name}" says:\n${missing.map(({ message }) => `  ${message}`).join("\n")}`,
        { details: { topics: missing.map(({ what }) => what) } },
      );
    }
    const body = assemble(options, link, robotClock, options.model ?? (await readModel(options, link)));
    // So that the robot's state can be asked for from here on.
    await body.joints.fresh(profile.arm.joints, { afterMs: clock.nowMs() - profile.maxStateAgeMs, timeoutMs: 3_000 });
    return body;
  } catch (error) {
    link.close();
    throw error;
  }
}

function assemble(
  options: RosBodyOptions,
  link: RosLink,
  robotClock: RobotClock,
  model: RobotModel,
): RosBody & { readonly joints: JointStates } {
  const { profile, clock, timers, onNote } = options;
  const tf = createTfBuffer();
  const tfType = rosType(link.version, "msg", "tf2_msgs/TFMessage");
  // Many publishers share these topics, each with its own frames: a queue of one would lose some.
  link.subscribe("/tf", tfType, (message) => tf.add(message, { fixed: false }), { queueLength: 100 });
  link.subscribe("/tf_static", tfType, (message) => tf.add(message, { fixed: true }), { queueLength: 100 });
  link.onState((state) => {
    if (state === "up") void robotClock.measure();
    else tf.clear();
  });
  robotClock.watch(CLOCK_CHECK_MS);
  const robotNowMs = (): number => clock.nowMs() + (robotClock.offsetMs ?? 0);
  const basePose = (): Pose2d | undefined => {
    if (profile.base.type === "none") return undefined;
    const found = tf.lookup(profile.frames.odom, profile.frames.base, robotNowMs(), {
      beyondMs: profile.maxStateAgeMs,
    });
    if (!found.ok) return undefined;
    const [x, y, z, w] = found.value.orientation;
    const yawRad = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
    return { xM: found.value.position[0], yM: found.value.position[1], yawRad };
  };
  const joints = createJointStates({ link, topic: profile.jointStates, robotClock, clock, timers });
  const stopLine = createStopLine(link, profile.stop, timers);
  const robot = createRosRobot({
    profile,
    model,
    link,
    joints,
    arm: createArm(options, link, model),
    ...(profile.gripper.type === "none"
      ? {}
      : {
          gripper: createGripperDriver(link, {
            profile: profile.gripper,
            joints,
            clock,
            timers,
            patience: profile.patience,
          }),
        }),
    base: createBase(options, link, { pose: basePose, robotNowMs }),
    ...(profile.head === undefined
      ? {}
      : {
          head: createActionClient(link, {
            action: profile.head.action,
            type: "control_msgs/FollowJointTrajectory",
            timers,
          }),
        }),
    stopLine,
    ...(options.requireLease
      ? { lease: createLease({ link, profile: profile.lease, holder: options.holder, clock, timers }) }
      : {}),
    basePose,
    clock,
    timers,
    onNote,
    onHalt: options.onHalt,
  });
  if (profile.diagnostics !== undefined && onNote !== undefined) watchDiagnostics(link, profile.diagnostics, onNote);
  const camera = (name: string, cameraProfile: RosProfile["cameras"]["head"]): Camera =>
    createRosCamera({
      name,
      profile: cameraProfile,
      link,
      tf,
      robotClock,
      clock,
      timers,
      baseFrame: profile.frames.base,
      baseInBaseLink: profile.model.baseInBaseLink,
    });
  const head = camera("head", profile.cameras.head);
  const wrist = profile.cameras.wrist === undefined ? undefined : camera("wrist", profile.cameras.wrist);
  return {
    robot,
    joints,
    head,
    ...(wrist === undefined ? {} : { wrist }),
    link,
    robotClock,
    async close() {
      await Promise.all([head.close(), wrist?.close()]);
      await robot.close();
      robotClock.close();
      link.close();
    },
  };
}

function createArm({ profile, timers }: RosBodyOptions, link: RosLink, model: RobotModel): ArmDriver {
  const { arm } = profile;
  switch (arm.type) {
    case "trajectory":
      return createTrajectoryArm(link, { profile: arm, model, timers, patience: profile.patience });
    case "moveit": {
      const { toolInTip, baseInBaseLink } = profile.model;
      return createMoveitArm(link, {
        profile: arm,
        model,
        timers,
        patience: profile.patience,
        baseFrame: profile.frames.base,
        toolInTip,
        ...(baseInBaseLink === undefined ? {} : { baseInBaseLink }),
      });
    }
  }
}

function createBase(
  { profile, clock, timers }: RosBodyOptions,
  link: RosLink,
  odometry: { readonly pose: () => Pose2d | undefined; readonly robotNowMs: () => number },
): BaseDriver | undefined {
  const { base } = profile;
  switch (base.type) {
    case "none":
      return undefined;
    case "nav2":
      return createNav2Base(link, {
        profile: base,
        odomFrame: profile.frames.odom,
        timers,
        patience: profile.patience,
      });
    case "cmd-vel":
      return createVelocityBase(link, { profile: base, clock, timers, ...odometry });
  }
}

async function readModel({ profile, timers, readText }: RosBodyOptions, link: RosLink): Promise<RobotModel> {
  const xml = await fetchUrdf(link, profile.model.source, { timers, readText });
  const { gripper, model } = profile;
  const read = robotModelFromUrdf(xml, {
    ...model,
    gripper:
      gripper.type === "none"
        ? { maxWidthM: 0, maxForceN: 0 }
        : { maxWidthM: gripper.maxWidthM, maxForceN: gripper.maxForceN },
  });
  if (!read.ok) {
    throw new ControllerError("bad-input", `The URDF does not fit profile "${profile.name}": ${read.message}`);
  }
  const names = read.value.joints.map(({ name }) => name);
  const { joints } = profile.arm;
  if (names.length === joints.length && names.every((name, i) => name === joints[i])) return read.value;
  throw new ControllerError(
    "bad-input",
    `Expected arm.joints to be the chain from ${model.baseLink} to ${model.tipLink}, ${names.join(", ")}; found ${joints.join(", ")}.`,
  );
}

function isOpenToOthers(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "ws:" && !["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** Tells people of what a driver reports as an error, once each time it appears. */
function watchDiagnostics(link: RosLink, topic: string, onNote: NonNullable<RosLinkOptions["onNote"]>): void {
  const told = new Set<string>();
  link.subscribe(topic, rosType(link.version, "msg", "diagnostic_msgs/DiagnosticArray"), ({ status }) => {
    if (!Array.isArray(status)) return;
    for (const { level, name, message } of status as Record<string, unknown>[]) {
      const key = String(name);
      if (level !== 2 && level !== 3) told.delete(key);
      else if (!told.has(key)) {
        told.add(key);
        onNote("warning", `${key}: ${String(message)}`);
      }
    }
  });
}
