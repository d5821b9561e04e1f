import { ControllerError } from "../../domain/errors.js";
import type { Pose, Pose2d } from "../../domain/geometry/pose.js";
import { distance } from "../../domain/geometry/vec3.js";
import { largestChange, toolPose, type RobotModel } from "../../domain/kinematics/index.js";
import { fail, ok, type Failure, type Result } from "../../domain/result.js";
import type { RobotState } from "../../domain/robot-state.js";
import type { Clock } from "../../ports/clock.js";
import type { MotionFailure, MotionReport, Robot } from "../../ports/robot.js";
import type { ArmDriver } from "./arm-driver.js";
import type { BaseDriver } from "./base-driver.js";
import type { ActionClient } from "./goal-end.js";
import type { GripperDriver } from "./gripper-driver.js";
import type { JointStates } from "./joint-states.js";
import type { Lease } from "./lease.js";
import { motionEnd } from "./motion-end.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { OnNote, Timers } from "./ros-types.js";
import type { StopLine } from "./stop-line.js";
import { finishTimeoutMs, trajectoryGoal } from "./trajectory-goal.js";

/** An action server has so long to be found at the start. */
const SERVER_MS = 3_000;
/** Joint states after a motion are waited for so long. */
const SETTLE_MS = 500;
/** A tool farther from its goal than this has not arrived, whatever the controller says. */
const MAX_OFF_M = 0.035;
/** A stop that is still on after this is somebody else's. */
const CLEAR_STOP_MS = 3_000;

export interface RosRobotParts {
  readonly profile: RosProfile;
  readonly model: RobotModel;
  readonly link: RosLink;
  readonly joints: JointStates;
  readonly arm: ArmDriver;
  readonly gripper?: GripperDriver;
  readonly base?: BaseDriver;
  readonly head?: ActionClient;
  readonly stopLine: StopLine;
  /** Absent: the robot is moved without a watchdog, on a person's word. */
  readonly lease?: Lease;
  /** Newest pose in the odometry frame. */
  readonly basePose: () => Pose2d | undefined;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onNote?: OnNote;
  /** Something other than this side stopped the robot. */
  readonly onHalt?: (reason: string) => void;
}

/**
 * A robot over ROS. A halt goes out on the stop line in the same turn: the stop topic, a cancel for every action, zero velocity.
 * A broken link, a lost lease and a pressed emergency stop halt too and latch; after any of them nothing moves before `reset`.
 */
export function createRosRobot(parts: RosRobotParts): Robot {
  const { profile, model, link, joints, arm, gripper, base, head, stopLine, lease, clock, timers } = parts;
  const armJoints = profile.arm.joints;
  let halted = false;
  let halts = 0;
  let closed = false;
  let connected = false;
  let moving: string | undefined;
  let running: AbortController | undefined;

  const halt = (): void => {
    halted = true;
    halts++;
    stopLine.stop();
    for (const client of [arm.client, gripper?.client, head, base?.client]) client?.cancel();
    base?.stop();
    running?.abort();
  };
  const haltBecause = (reason: string): void => {
    if (closed || !connected) return;
    const wasHalted = halted;
    halt();
    if (wasHalted) return;
    parts.onNote?.("warning", `The robot is stopped: ${reason}. A person has to reset it.`);
    parts.onHalt?.(reason);
  };
  stopLine.onPressed((topic) => haltBecause(`${topic} is on`));
  lease?.onLost((reason) => haltBecause(`the lease is lost, ${reason}`));
  const offState = link.onState((state, reason) => {
    if (state === "down") haltBecause(`the link is lost (${reason})`);
    if (state !== "up" || closed || !connected) return;
    // Goals outlive the link: whatever still runs is cancelled before anything else is said.
    halt();
    parts.onNote?.("info", `The link to ${link.url} is back. The robot stays stopped until a person resets it.`);
  });

  const assertOpen = (): void => {
    if (closed) throw new ControllerError("robot-disconnected", "The robot's link is closed; make a new one.");
    if (link.state === "up") return;
    throw new ControllerError(
      "robot-disconnected",
      `The link to ${link.url} is ${link.state}. Nothing is sent meanwhile.`,
    );
  };
  const positions = (): number[] => {
    const found = armJoints.map((joint) => joints.position(joint));
    const missing = armJoints.filter((_, i) => found[i] === undefined);
    if (missing.length > 0) {
      throw new ControllerError(
        "robot-disconnected",
        `Expected joints ${missing.join(", ")} on ${profile.jointStates}, found nothing of them. Check the profile and the driver.`,
      );
    }
    const ageMs = clock.nowMs() - (joints.measuredAtMs(armJoints) ?? -Infinity);
    if (ageMs > profile.maxStateAgeMs) {
      throw new ControllerError(
        "robot-disconnected",
        `Expected joint states not older than ${profile.maxStateAgeMs} ms on ${profile.jointStates}, found ${Math.round(ageMs)} ms. ` +
          `The driver is frozen, or its clock is not the robot's.`,
      );
    }
    return found as number[];
  };
  const refusal = (): Failure<MotionFailure> | undefined => {
    if (halted || stopLine.pressed !== undefined) {
      const why = stopLine.pressed === undefined ? "The robot is stopped" : `${stopLine.pressed} is on`;
      return fail("stopped", `${why}. Reset it, on a person's word, before commanding a motion.`);
    }
    if (lease !== undefined && !lease.isLive)
      return fail("link-lost", `Nothing moves without a lease: ${lease.trouble}.`);
    return undefined;
  };

  const move = async <T>(
    name: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result<T, MotionFailure>>,
  ): Promise<Result<T, MotionFailure>> => {
    assertOpen();
    if (moving !== undefined) {
      throw new ControllerError(
        "bad-input",
        `Robot got "${name}" while "${moving}" runs; await one motion before the next.`,
      );
    }
    const refused = refusal();
    if (refused !== undefined) return refused;
    if (signal.aborted) return fail("stopped", "The motion was called off before it began.");
    const { generation } = link;
    const own = new AbortController();
    running = own;
    moving = name;
    try {
      const result = await work(AbortSignal.any([signal, own.signal]));
      if (link.generation !== generation || link.state !== "up") {
        throw new ControllerError(
          "robot-disconnected",
          `The link broke during "${name}"; where the robot stopped is not known.`,
        );
      }
      if (halted || signal.aborted) return fail("stopped", `The robot was stopped during "${name}".`);
      return result;
    } finally {
      running = undefined;
      moving = undefined;
    }
  };
  /** Waits for a joint state of after now: the one at hand is from before the motion's end. */
  const settled = (): Promise<boolean> =>
    joints.fresh(armJoints, {
      afterMs: clock.nowMs(),
      // As long as an older state would be taken for the present: the next motion must not be planned from the middle of this one.
      timeoutMs: Math.max(SETTLE_MS, profile.maxStateAgeMs),
    });
  const report = async (commanded: Pose): Promise<MotionReport> => {
    await settled();
    const reached = toolPose(model, positions());
    return { commanded, reached, errorM: distance(commanded.position, reached.position) };
  };
  /** What the action says is one thing, where the arm stands another. */
  const arrived = async (commanded: Pose, goal?: readonly number[]): Promise<Result<MotionReport, MotionFailure>> => {
    const value = await report(commanded);
    const offRad = goal === undefined ? 0 : largestChange(positions(), goal);
    if (offRad <= profile.arm.toleranceRad && value.errorM <= MAX_OFF_M) return ok(value);
    return fail(
      "not-moved",
      `The controller says that the arm has arrived, but the tool is ${Math.round(value.errorM * 1000)} mm away from the goal.`,
      { errorM: value.errorM },
    );
  };
  const beyondLimit = (wanted: readonly number[]): Failure<MotionFailure> | undefined => {
    const bad = model.joints.findIndex(({ lower, upper }, i) => !(wanted[i] >= lower && wanted[i] <= upper));
    if (bad < 0 && wanted.length === model.joints.length) return undefined;
    if (bad < 0) return fail("joint-limit", `Expected ${model.joints.length} joint positions, found ${wanted.length}.`);
    const { name, lower, upper } = model.joints[bad];
    return fail(
      "joint-limit",
      `Expected ${name} in ${lower.toFixed(3)} to ${upper.toFixed(3)}, found ${wanted[bad]}.`,
      {
        joint: name,
      },
    );
  };

  return {
    name: profile.name,
    model,
    async connect() {
      if (closed) assertOpen();
      await link.connect();
      const all = [...armJoints, ...(profile.gripper.type === "none" ? [] : [profile.gripper.joint])];
      if (!(await joints.fresh(all, { afterMs: clock.nowMs() - profile.maxStateAgeMs, timeoutMs: SERVER_MS })))
        positions();
      for (const client of [arm.client, gripper?.client, head, base?.client]) {
        if (client === undefined || (await client.ready(SERVER_MS))) continue;
        throw new ControllerError(
          "robot-disconnected",
          `Expected an action server at ${client.action}, found none. Start its controller, or correct the profile.`,
        );
      }
      const { command } = profile.stop;
      if (command !== null && (await hasNoSubscriber(link, command))) {
        parts.onNote?.(
          "warning",
          `Nobody listens to ${command}: a stop cancels what runs, but the robot's own side hears of no stop. Run the watchdog of ` +
            `launch/ros, or set stop.command in the profile.`,
        );
      }
      await lease?.acquire();
      connected = true;
      if (stopLine.pressed !== undefined) halted = true;
    },
    async state(): Promise<RobotState> {
      assertOpen();
      const jointPositions = positions();
      return {
        timeMs: joints.measuredAtMs(armJoints) ?? clock.nowMs(),
        jointPositions,
        toolPoseInBase: toolPose(model, jointPositions),
        basePoseInOdom: parts.basePose() ?? { xM: 0, yM: 0, yawRad: 0 },
        gripper: {
          widthM: gripper?.widthM() ?? 0,
          inContact: gripper?.inContact ?? false,
          moving: gripper?.moving ?? false,
        },
        stopped: halted || stopLine.pressed !== undefined,
      };
    },
    moveTool: (poseInBase, { signal, speedMps }) =>
      move("move-tool", signal, async (any) => {
        const moved = await arm.moveTool(positions(), poseInBase, { signal: any, speedMps });
        return moved.ok ? arrived(poseInBase) : moved;
      }),
    moveJoints: (wanted, { signal, speedRadps }) =>
      move("move-joints", signal, async (any) => {
        const beyond = beyondLimit(wanted);
        if (beyond !== undefined) return beyond;
        const moved = await arm.moveJoints(positions(), wanted, { signal: any, speedRadps });
        return moved.ok ? arrived(toolPose(model, wanted), wanted) : moved;
      }),
    setGripper: (widthM, { signal, forceN }) =>
      move("set-gripper", signal, async (any) =>
        gripper === undefined
          ? fail("unsupported", `The profile "${profile.name}" has no gripper.`)
          : gripper.set(widthM, { signal: any, forceN }),
      ),
    moveBase: (poseInOdom, { signal }) =>
      move("move-base", signal, async (any) => {
        if (base === undefined) return fail("unsupported", `The base of "${profile.name}" does not drive.`);
        const moved = await base.drive(poseInOdom, { signal: any });
        return moved.ok ? ok(parts.basePose() ?? poseInOdom) : moved;
      }),
    look: (panRad, tiltRad, { signal }) =>
      move("look", signal, async (any) => {
        if (head === undefined || profile.head === undefined) {
          return fail("unsupported", `The head camera of "${profile.name}" does not turn.`);
        }
        return pointHead(head, profile.head, {
          target: [panRad, tiltRad],
          signal: any,
          link,
          joints,
          patience: profile.patience,
        });
      }),
    wait: (seconds, { signal }) =>
      move("wait", signal, async (any) => {
        const waited = await new Promise<Result<void, MotionFailure>>((resolve) => {
          const finish = (): void => {
            cancel();
            any.removeEventListener("abort", finish);
            resolve(any.aborted ? fail("stopped", "The wait was called off.") : ok(undefined));
          };
          const cancel = timers.after(seconds * 1000, finish);
          any.addEventListener("abort", finish, { once: true });
        });
        if (waited.ok) await settled();
        return waited;
      }),
    halt,
    async reset() {
      assertOpen();
      const before = halts;
      const still = await stopLine.clear(CLEAR_STOP_MS);
      if (still !== undefined) {
        throw new ControllerError("bad-input", `${still} is still on. Release the robot's own stop, then reset again.`);
      }
      if (lease !== undefined && !lease.isLive) await lease.acquire();
      // After a broken link what is known of the joints is from before it.
      await joints.fresh(armJoints, { afterMs: clock.nowMs() - profile.maxStateAgeMs, timeoutMs: SERVER_MS });
      if (halts !== before) {
        throw new ControllerError(
          "bad-input",
          "The robot was stopped again while it was being reset; reset it once more.",
        );
      }
      halted = false;
    },
    async close() {
      if (closed) return;
      if (moving !== undefined) halt();
      closed = true;
      offState();
      running?.abort();
      lease?.release();
      for (const client of [arm.client, gripper?.client, head]) client?.close();
      base?.close();
      stopLine.close();
      joints.close();
    },
  };
}

/** True only where the graph can tell, and tells so. */
async function hasNoSubscriber(link: RosLink, topic: string): Promise<boolean> {
  const answer = await link.callService("/rosapi/subscribers", { topic }, { timeoutMs: 2_000 });
  return answer.ok && Array.isArray(answer.value.subscribers) && answer.value.subscribers.length === 0;
}

async function pointHead(
  client: ActionClient,
  profile: NonNullable<RosProfile["head"]>,
  {
    target,
    signal,
    link,
    joints,
    patience,
  }: {
    target: readonly [number, number];
    signal: AbortSignal;
    link: RosLink;
    joints: JointStates;
    patience: number;
  },
): Promise<Result<void, MotionFailure>> {
  const goal = target.map((angle, i) => profile.homePositions[i] + profile.signs[i] * angle);
  const from = profile.joints.map((joint, i) => joints.position(joint) ?? profile.homePositions[i]);
  const durationS = Math.max(0.2, (1.5 * largestChange(from, goal)) / profile.speedRadps);
  // Two joints and no tool: a smooth step in time is all the path there is.
  const ease = (t: number): number => (t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t));
  const path = {
    durationS,
    timesS: [0, durationS],
    positionsAt: (timeS: number) => from.map((q, i) => q + (goal[i] - q) * ease(timeS / durationS)),
  };
  const { acceptBy, acceptTimeoutMs } = profile;
  const end = await client.send(trajectoryGoal(link.version, profile.joints, path), {
    signal,
    acceptBy,
    acceptTimeoutMs: acceptTimeoutMs * patience,
    finishTimeoutMs: finishTimeoutMs(path, patience),
  });
  const moved = motionEnd("look", end);
  return moved.ok ? ok(undefined) : moved;
}
