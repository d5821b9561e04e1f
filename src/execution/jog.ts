import { dot, norm, normalize, type Vec3 } from "../domain/geometry/vec3.js";
import type { Failure } from "../domain/result.js";
import type { MotionFailure, Robot } from "../ports/robot.js";
import type { Timers } from "./mission/mission.types.js";

export interface JogOptions {
  /** Already guarded: every stretch is judged like any other command. */
  readonly robot: Robot;
  readonly timers: Timers;
  /** How long one press counts, milliseconds; a page that is gone stops the arm by saying nothing. */
  readonly lifetimeMs?: number;
  /** Presses ask for at most this, m/s. */
  readonly maxSpeedMps?: number;
  /** A stretch that the gate or the robot did not take. */
  readonly onRefusal: (failure: Failure<MotionFailure>) => void;
}

/** Hold to move: the tool goes on in a straight line while presses keep coming, and keeps still when they do not. */
export interface Jog {
  readonly active: boolean;
  /** Velocity of the tool in the base frame, m/s. A zero vector releases. */
  press(velocityInBase: Vec3): void;
  release(): void;
  /** Resolves when the arm keeps still. */
  settled(): Promise<void>;
}

/** The arm is sent this far at a time; tried shorter where a whole stretch is refused. */
const STRETCHES_M = [0.12, 0.04, 0.015] as const;
/** Directions further apart than this (cosine) begin a new motion. */
const SAME_DIRECTION = 0.98;

export function createJog(options: JogOptions): Jog {
  const { robot, timers, lifetimeMs = 300, maxSpeedMps = 0.15, onRefusal } = options;
  let wanted: Vec3 | undefined;
  let motion: AbortController | undefined;
  let running: Promise<void> | undefined;
  let cancelExpiry = (): void => undefined;

  function release(): void {
    cancelExpiry();
    wanted = undefined;
    motion?.abort();
  }

  async function stretch(velocity: Vec3): Promise<boolean> {
    const direction = normalize(velocity);
    const speedMps = Math.min(norm(velocity), maxSpeedMps);
    let refusal: Failure<MotionFailure> | undefined;
    for (const distanceM of STRETCHES_M) {
      if (wanted !== velocity) return true;
      const { toolPoseInBase: tool } = await robot.state();
      const [x, y, z] = tool.position;
      const position: Vec3 = [x + direction[0] * distanceM, y + direction[1] * distanceM, z + direction[2] * distanceM];
      // The person may have let go while the robot was asked where it is.
      if (wanted !== velocity) return true;
      motion = new AbortController();
      const moved = await robot.moveTool(
        { position, orientation: tool.orientation },
        { speedMps, signal: motion.signal },
      );
      if (moved.ok) return true;
      if (motion.signal.aborted) return true;
      refusal = moved;
    }
    if (refusal !== undefined) onRefusal(refusal);
    return false;
  }

  async function follow(): Promise<void> {
    while (wanted !== undefined) {
      if (!(await stretch(wanted))) release();
    }
  }

  return {
    get active() {
      return running !== undefined;
    },
    press(velocity) {
      const speed = norm(velocity);
      if (!(speed > 0) || !Number.isFinite(speed)) return release();
      cancelExpiry();
      cancelExpiry = timers.after(lifetimeMs, release);
      if (wanted !== undefined && cosine(wanted, velocity) > SAME_DIRECTION) return;
      wanted = velocity;
      motion?.abort();
      running ??= follow()
        // A robot that is gone has its own event; here it only ends the motion.
        .catch(() => release())
        .finally(() => {
          running = undefined;
        });
    },
    release,
    settled: async () => running,
  };
}

const cosine = (a: Vec3, b: Vec3): number => dot(normalize(a), normalize(b));
