import { composePoses, type Pose, type Pose2d } from "../../src/domain/geometry/pose.js";
import { distance } from "../../src/domain/geometry/vec3.js";
import { jointPath, planToolPath, timePath, toolPose, type TimedPath } from "../../src/domain/kinematics/index.js";
import { fail, ok, type Failure } from "../../src/domain/result.js";
import type { GripperReport, MotionFailure, MotionReport } from "../../src/ports/robot.js";
import { HAND_IN_FLANGE, pandaModel } from "../worlds/panda-model.js";
import { GAZE_LIMITS, type Gaze } from "./camera-rig.js";
import type { BaseVelocity, Calls, JointTrajectory, MotionResult } from "./protocol.js";
import type { RunOutcome, StepLoop } from "./step-loop.js";
import { TIMESTEP_S, type World } from "./world.js";

/** At rest: below this joint speed for a few steps. */
const REST_RADPS = 0.004;
const REST_STEPS = 8;
const SETTLE_LIMIT_S = 0.6;
/** The tool may trail its path by this much before something is held to be in the way. */
const MAX_TRAIL_M = 0.035;
const TRAILING_STEPS = 15;
/** Contact is answered this fast: at 0.15 m/s each further step adds 20 N. A single step may be a thing that rattles in the hand. */
const CONTACT_STEPS = 2;
/** Corners of a path's speed are rounded over this time, so that no joint is asked to change its speed at once. */
const SMOOTHING_S = 0.08;
const SMOOTHING_TAPS = 9;
const GRIPPER_SPEED_MPS = 0.14;
const GRIPPER_LIMIT_S = 2;
const GRIP_FORCES_N = [5, pandaModel.gripper.maxForceN] as const;
const BASE_SPEED_MPS = 0.3;
const BASE_TURN_RADPS = 0.6;
const MAX_BASE_TRAIL_M = 0.06;
const BASE_ACCELERATION_MPS2 = 0.8;
const GAZE_SPEED_RADPS = 1.5;
/** Fingers count as pressed on something from this force on each pad. */
export const CONTACT_N = 0.3;

const TOOL_IN_HAND: Pose = {
  position: [0, 0, pandaModel.toolInFlange.position[2] - HAND_IN_FLANGE.position[2]],
  orientation: [0, 0, 0, 1],
};
export const toolPoseInBase = (world: World): Pose => composePoses(world.handPoseInBase(), TOOL_IN_HAND);
export const isGripping = (world: World): boolean => world.touchForces().every((force) => force > CONTACT_N);

type MotionName =
  "move-tool" | "move-joints" | "follow-joints" | "drive-base" | "set-gripper" | "move-base" | "look" | "wait";
export type Motions = { [Name in MotionName]: (ask: Calls[Name]["ask"]) => Promise<Calls[Name]["answer"]> };

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const smooth = (fraction: number): number => fraction * fraction * (3 - 2 * fraction);

const stopped = (): Failure<MotionFailure> =>
  fail(
    "stopped",
    "Stopped before the motion was finished; the robot holds still. Reset it and command the motion again.",
  );
const blocked = (what: string): Failure<MotionFailure> =>
  fail("not-moved", `${what} met resistance and stopped there. Move away from the obstacle and take another way.`);
const unless = <T>(outcome: RunOutcome, what: string, value: () => T): MotionResult<T> => {
  switch (outcome) {
    case "finished":
      return ok(value());
    case "stopped":
      return stopped();
    case "blocked":
      return blocked(what);
  }
};

/** True once the condition has held for some steps on end, or the time is over. */
function steadily(condition: () => boolean, options: { readonly afterS: number; readonly limitS: number }) {
  let streak = 0;
  return (timeS: number): boolean => {
    if (timeS < options.afterS) return false;
    streak = condition() ? streak + 1 : 0;
    return streak >= REST_STEPS || timeS >= options.afterS + options.limitS;
  };
}

/** The path, late by half of `SMOOTHING_S`, each moment a weighted mean of those around it (a triangle of weights). */
function smoothed(path: TimedPath): (timeS: number) => number[] {
  const middle = (SMOOTHING_TAPS - 1) / 2;
  const weights = Array.from(
    { length: SMOOTHING_TAPS },
    (_, i) => (middle + 1 - Math.abs(i - middle)) / (middle + 1) ** 2,
  );
  return (timeS) => {
    const mean = new Array<number>(pandaModel.joints.length).fill(0);
    for (const [i, weight] of weights.entries()) {
      const positions = path.positionsAt(timeS - (i / (SMOOTHING_TAPS - 1)) * SMOOTHING_S);
      for (let k = 0; k < mean.length; k++) mean[k] += weight * positions[k];
    }
    return mean;
  };
}

/** What the base is told to do, and for how much longer (seconds from when it was told). */
export interface Drive {
  velocity: BaseVelocity;
  seconds: number;
}

export interface MotionParts {
  readonly world: World;
  readonly loop: StepLoop;
  readonly drive: Drive;
  readonly gaze: { current: Gaze };
}

/** Every motion of the robot as targets over time. One runs at a time; its caller sees to that. */
export function createMotions({ world, loop, gaze, drive }: MotionParts): Motions {
  /** Carries out a timed path of the joints and lets the arm come to rest. */
  const follow = async (
    motion: number,
    path: TimedPath,
    { commanded }: { readonly commanded: Pose },
  ): Promise<MotionResult<MotionReport>> => {
    const target = smoothed(path);
    let desired = target(0);
    let trailing = 0;
    let touching = 0;
    const settled = steadily(() => world.jointSpeed() < REST_RADPS, {
      afterS: path.durationS + SMOOTHING_S,
      limitS: SETTLE_LIMIT_S,
    });
    const outcome = await loop.run({
      motion,
      command(timeS) {
        const next = target(timeS + TIMESTEP_S);
        const speeds = next.map((value, i) => (value - desired[i]) / TIMESTEP_S);
        world.commandArm(next, speeds);
        desired = next;
      },
      finished: settled,
      blocked() {
        const trail = distance(toolPose(pandaModel, desired).position, toolPoseInBase(world).position);
        trailing = trail > MAX_TRAIL_M ? trailing + 1 : 0;
        touching = world.feelsContact() ? touching + 1 : 0;
        return trailing >= TRAILING_STEPS || touching >= CONTACT_STEPS;
      },
    });
    return unless(outcome, "The arm", () => {
      const reached = toolPoseInBase(world);
      return { commanded, reached, errorM: distance(commanded.position, reached.position) };
    });
  };

  return {
    async "move-tool"({ motion, poseInBase, speedMps }) {
      const planned = planToolPath(pandaModel, world.jointPositions(), poseInBase);
      if (!planned.ok) return planned;
      const path = timePath(pandaModel, planned.value.waypoints, { speedMps });
      return follow(motion, path, { commanded: poseInBase });
    },

    async "move-joints"({ motion, positions, speedRadps }) {
      const bad = pandaModel.joints.findIndex(
        ({ lower, upper }, i) => !(positions[i] >= lower && positions[i] <= upper),
      );
      if (bad >= 0 || positions.length !== pandaModel.joints.length) return beyondLimit(positions, bad);
      const path = timePath(pandaModel, jointPath(world.jointPositions(), positions), { speedRadps });
      return follow(motion, path, { commanded: toolPose(pandaModel, positions) });
    },

    async "follow-joints"({ motion, ...trajectory }) {
      const last = trajectory.waypoints[trajectory.waypoints.length - 1];
      for (const positions of trajectory.waypoints) {
        const bad = pandaModel.joints.findIndex(
          ({ lower, upper }, i) => !(positions[i] >= lower && positions[i] <= upper),
        );
        if (bad >= 0 || positions.length !== pandaModel.joints.length) return beyondLimit(positions, bad);
      }
      return follow(motion, timedPathOf(trajectory), { commanded: toolPose(pandaModel, last) });
    },

    async "set-gripper"({ motion, widthM, forceN }) {
      const target = clamp(widthM, 0, pandaModel.gripper.maxWidthM);
      const force = clamp(forceN, ...GRIP_FORCES_N);
      const from = world.gripperWidth();
      const rampS = Math.abs(target - from) / GRIPPER_SPEED_MPS;
      const outcome = await loop.run({
        motion,
        command(timeS) {
          const fraction = rampS === 0 ? 1 : Math.min(1, timeS / rampS);
          world.commandGripper(from + (target - from) * fraction, force);
        },
        finished: steadily(() => Math.abs(world.gripperSpeed()) < 0.002, { afterS: rampS, limitS: GRIPPER_LIMIT_S }),
      });
      return unless(outcome, "The gripper", (): GripperReport => {
        const width = world.gripperWidth();
        return { commandedWidthM: target, widthM: width, stalled: width - target > 0.003 && isGripping(world) };
      });
    },

    async "move-base"({ motion, poseInOdom: to }) {
      const from = world.basePose();
      const turn = Math.atan2(Math.sin(to.yawRad - from.yawRad), Math.cos(to.yawRad - from.yawRad));
      const way = Math.hypot(to.xM - from.xM, to.yM - from.yM);
      // The smooth profile peaks at one and a half times its mean speed.
      const durationS = 1.5 * Math.max(way / BASE_SPEED_MPS, Math.abs(turn) / BASE_TURN_RADPS, 0.1);
      const at = (timeS: number): Pose2d => {
        const u = smooth(Math.min(1, timeS / durationS));
        return {
          xM: from.xM + (to.xM - from.xM) * u,
          yM: from.yM + (to.yM - from.yM) * u,
          yawRad: from.yawRad + turn * u,
        };
      };
      let desired = from;
      const outcome = await loop.run({
        motion,
        command: (timeS) => world.commandBase((desired = at(timeS))),
        finished: steadily(() => Math.max(world.baseSpeed(), world.jointSpeed()) < REST_RADPS, {
          afterS: durationS,
          limitS: 2 * SETTLE_LIMIT_S,
        }),
        blocked() {
          const now = world.basePose();
          return Math.hypot(desired.xM - now.xM, desired.yM - now.yM) > MAX_BASE_TRAIL_M;
        },
      });
      return unless(outcome, "The base", () => world.basePose());
    },

    async "drive-base"({ motion }) {
      let at = world.basePose();
      const now = { x: 0, y: 0, yaw: 0 };
      const towards = (value: number, to: number): number =>
        clamp(to, value - BASE_ACCELERATION_MPS2 * TIMESTEP_S, value + BASE_ACCELERATION_MPS2 * TIMESTEP_S);
      let standingS = 0;
      const outcome = await loop.run({
        motion,
        command() {
          const { xMps, yMps, yawRadps } = drive.seconds > 0 ? drive.velocity : STANDING;
          drive.seconds -= TIMESTEP_S;
          now.x = towards(now.x, xMps);
          now.y = towards(now.y, yMps);
          now.yaw = towards(now.yaw, yawRadps);
          const [cos, sin] = [Math.cos(at.yawRad), Math.sin(at.yawRad)];
          at = {
            xM: at.xM + (cos * now.x - sin * now.y) * TIMESTEP_S,
            yM: at.yM + (sin * now.x + cos * now.y) * TIMESTEP_S,
            yawRad: at.yawRad + now.yaw * TIMESTEP_S,
          };
          world.commandBase(at);
        },
        finished() {
          const isDriving = drive.seconds > 0 || Math.hypot(now.x, now.y, now.yaw) > 0;
          standingS = isDriving ? 0 : standingS + TIMESTEP_S;
          return standingS > 2 * SETTLE_LIMIT_S || (standingS > 0.05 && world.baseSpeed() < REST_RADPS);
        },
        blocked() {
          const real = world.basePose();
          return Math.hypot(at.xM - real.xM, at.yM - real.yM) > 2 * MAX_BASE_TRAIL_M;
        },
      });
      return unless(outcome, "The base", () => world.basePose());
    },

    async look({ motion, panRad, tiltRad }) {
      const limit = { pan: GAZE_LIMITS.panRad, tilt: GAZE_LIMITS.tiltRad };
      if (clamp(panRad, ...limit.pan) !== panRad || clamp(tiltRad, ...limit.tilt) !== tiltRad) {
        return fail(
          "joint-limit",
          `The head turns from ${limit.pan.join(" to ")} rad (pan) and ${limit.tilt.join(" to ")} rad (tilt); asked for pan ` +
            `${panRad.toFixed(2)}, tilt ${tiltRad.toFixed(2)}. Choose a direction in between.`,
        );
      }
      const from = gaze.current;
      const way = Math.max(Math.abs(panRad - from.panRad), Math.abs(tiltRad - from.tiltRad));
      const durationS = (1.5 * way) / GAZE_SPEED_RADPS;
      const outcome = await loop.run({
        motion,
        command(timeS) {
          const u = durationS === 0 ? 1 : smooth(Math.min(1, (timeS + TIMESTEP_S) / durationS));
          gaze.current = {
            panRad: from.panRad + (panRad - from.panRad) * u,
            tiltRad: from.tiltRad + (tiltRad - from.tiltRad) * u,
          };
        },
        finished: (timeS) => timeS >= durationS,
      });
      return unless(outcome, "The head", () => undefined);
    },

    async wait({ motion, seconds }) {
      const outcome = await loop.run({ motion, command: () => undefined, finished: (timeS) => timeS >= seconds });
      return unless(outcome, "Waiting", () => undefined);
    },
  };
}

const STANDING: BaseVelocity = { xMps: 0, yMps: 0, yawRadps: 0 };

function timedPathOf({ waypoints, timesS }: JointTrajectory): TimedPath {
  const durationS = timesS[timesS.length - 1];
  return {
    durationS,
    timesS,
    positionsAt(timeS) {
      if (timeS <= 0) return Array.from(waypoints[0]);
      const next = timesS.findIndex((time) => time > timeS);
      if (next <= 0) return Array.from(waypoints[waypoints.length - 1]);
      const fraction = (timeS - timesS[next - 1]) / (timesS[next] - timesS[next - 1]);
      return waypoints[next - 1].map((value, k) => value + (waypoints[next][k] - value) * fraction);
    },
  };
}

function beyondLimit(positions: readonly number[], index: number): Failure<MotionFailure> {
  const { joints } = pandaModel;
  if (positions.length !== joints.length) {
    return fail(
      "joint-limit",
      `Expected ${joints.length} joint positions, found ${positions.length}. Give one per joint.`,
    );
  }
  const { name, lower, upper } = joints[index];
  return fail(
    "joint-limit",
    `${name} goes from ${lower} to ${upper} rad; asked for ${positions[index]}. Choose a position in between.`,
    { joint: name, lower, upper, asked: positions[index] },
  );
}
