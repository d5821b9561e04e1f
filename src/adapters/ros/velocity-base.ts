import type { Pose2d } from "../../domain/geometry/pose.js";
import { fail, ok } from "../../domain/result.js";
import type { Clock } from "../../ports/clock.js";
import { wrap, type BaseDriver } from "./base-driver.js";
import type { RosProfile } from "./profile-schema.js";
import type { RosLink } from "./ros-link.js";
import type { RosMessage, Timers } from "./ros-types.js";
import { rosHeader, rosType } from "./stamps.js";

type VelocityBase = Extract<RosProfile["base"], { type: "cmd-vel" }>;

const PERIOD_MS = 50;
/** One zero may be lost, or be overtaken by a velocity that another process still holds. */
const ZEROS = 5;
/** 1/s: speed for each metre or radian that is left. */
const GAIN = 1.5;
/** Left less than this aside, the base drives on; more, and it turns first. */
const AHEAD_RAD = 0.35;
/** Without odometry for this long a drive ends. */
const BLIND_MS = 500;
/** No nearer to the goal for this long: something is in the way, or nobody listens. */
const STUCK_MS = 3_000;

/**
 * A base behind `cmd_vel`: turns, drives and turns by what odometry says, each velocity good for one period only, and ends every
 * drive, however it ended, with repeated zeros. The robot has to stop by itself when they stop coming.
 */
export function createVelocityBase(
  link: RosLink,
  options: {
    readonly profile: VelocityBase;
    /** Newest pose in the odometry frame; undefined where TF has none or an old one. */
    readonly pose: () => Pose2d | undefined;
    /** The robot's time, ms. */
    readonly robotNowMs: () => number;
    readonly clock: Clock;
    readonly timers: Timers;
  },
): BaseDriver {
  const { profile, clock, timers } = options;
  const type = rosType(link.version, "msg", profile.stamped ? "geometry_msgs/TwistStamped" : "geometry_msgs/Twist");
  const velocities = link.advertise(profile.topic, type);
  link.advertise(profile.topic, type, { line: "stop" });

  const message = (forwardMps: number, turnRadps: number): RosMessage => {
    const twist = { linear: { x: forwardMps, y: 0, z: 0 }, angular: { x: 0, y: 0, z: turnRadps } };
    return profile.stamped ? { header: rosHeader(link.version, options.robotNowMs(), "base_link"), twist } : twist;
  };
  const stop = (): void => void link.sendStop({ op: "publish", topic: profile.topic, msg: message(0, 0) });
  const pause = (): Promise<void> => new Promise((resolve) => void timers.after(PERIOD_MS, resolve));

  return {
    async drive(to, { signal }) {
      const startMs = clock.nowMs();
      let phase: Steering["phase"] = "travel";
      let nearest = Infinity;
      let nearestAtMs = startMs;
      let seenAtMs = startMs;
      try {
        for (;;) {
          if (signal.aborted) return fail("stopped", "The drive was called off.");
          const nowMs = clock.nowMs();
          if (nowMs - startMs > profile.maxDurationMs) {
            return fail("timeout", `The drive did not end within ${profile.maxDurationMs} ms.`);
          }
          const at = options.pose();
          if (at === undefined) {
            if (nowMs - seenAtMs > BLIND_MS) {
              return fail("link-lost", "Expected the base's odometry in TF, found none that is new enough.");
            }
            // A base that does not know where it is stands still.
            velocities.publish(message(0, 0));
            await pause();
            continue;
          }
          seenAtMs = nowMs;
          const step = steer(profile, at, to);
          if (step === undefined) return ok(undefined);
          if (step.phase !== phase || step.left < nearest - 0.005)
            [phase, nearest, nearestAtMs] = [step.phase, step.left, nowMs];
          if (nowMs - nearestAtMs > STUCK_MS) {
            return fail(
              "not-moved",
              `The base came no nearer for ${STUCK_MS} ms; something is in its way, or ${profile.topic} has no listener.`,
            );
          }
          velocities.publish(message(step.forwardMps, step.turnRadps));
          await pause();
        }
      } finally {
        for (let i = 0; i < ZEROS && link.state === "up"; i++) {
          stop();
          if (i + 1 < ZEROS) await pause();
        }
      }
    },
    stop,
    close: stop,
  };
}

interface Steering {
  readonly phase: "travel" | "turn";
  readonly forwardMps: number;
  readonly turnRadps: number;
  /** Metres and radians that are left, together. */
  readonly left: number;
}

/** The next velocity; undefined when the goal is reached. */
function steer(profile: VelocityBase, at: Pose2d, to: Pose2d): Steering | undefined {
  const [dx, dy] = [to.xM - at.xM, to.yM - at.yM];
  const awayM = Math.hypot(dx, dy);
  const clip = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));
  const turnBy = (angleRad: number): number => clip(GAIN * angleRad, profile.maxTurnRadps);
  if (awayM <= profile.positionToleranceM) {
    const yawRad = wrap(to.yawRad - at.yawRad);
    if (Math.abs(yawRad) <= profile.yawToleranceRad) return undefined;
    return { phase: "turn", forwardMps: 0, turnRadps: turnBy(yawRad), left: Math.abs(yawRad) };
  }
  const heading = wrap(Math.atan2(dy, dx) - at.yawRad);
  // Short ways behind are driven backwards.
  const backwards = Math.abs(heading) > Math.PI / 2 && awayM < 0.5;
  const aside = backwards ? wrap(heading + Math.PI) : heading;
  const forward = Math.abs(aside) > AHEAD_RAD ? 0 : clip(GAIN * awayM, profile.maxSpeedMps) * Math.cos(aside);
  return {
    phase: "travel",
    forwardMps: backwards ? -forward : forward,
    turnRadps: turnBy(aside),
    left: awayM + Math.abs(aside),
  };
}
