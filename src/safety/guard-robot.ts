import { setImmediate as nextTurn } from "node:timers/promises";
import type { Command } from "../domain/command.js";
import { ControllerError } from "../domain/errors.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { fail, ok, type Failure, type Result } from "../domain/result.js";
import type { Clock } from "../ports/clock.js";
import type { MotionFailure, Robot } from "../ports/robot.js";
import { checkCommand, type CheckedCommand } from "./check-command.js";
import {
  checkBaseMotion,
  checkJointMotion,
  checkToolMotion,
  type MotionContext,
  type MotionVerdict,
} from "./check-motion.js";
import { loadShapes } from "./keep-out.js";
import type { SafetyLimits } from "./limits.js";
import { createRateWindow } from "./rate-window.js";

/** The schema's form of a pose: the same, with tuples that are not readonly. */
type WirePose = Extract<Command, { type: "move-tool" }>["poseInBase"];

/** What became of a command at the gate; goes out as the `command` event. */
export interface CommandVerdict {
  readonly command: Command;
  readonly verdict: "sent" | "refused";
  readonly code?: MotionFailure;
  readonly message?: string;
  /** The bound that was hit and the value asked for; for a clamped command, what it was cut down from; `clearanceM` for a free path. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface GuardOptions {
  /** Asked at every command, so that a person's change counts at once. */
  readonly limits: () => SafetyLimits;
  readonly clock: Clock;
  /** Called for every command, sent or refused, before it is sent. Must not throw. */
  readonly onCommand?: (verdict: CommandVerdict) => void;
  /** Age of the newest picture. Where given, a robot that sees nothing new does not move. */
  readonly frameAgeMs?: () => number;
  /** Size of what is held: lengths along x, y and z of the base frame when it was seen standing, metres. */
  readonly load?: () => { readonly sizeM: Vec3 } | undefined;
  /** What happens to a command over the speed or force limit. Default `refuse`. */
  readonly overLimit?: "refuse" | "clamp";
}

/**
 * The second gate: the same robot, but every command is judged on the way out, whoever sends it. `halt` goes straight through
 * and latches: everything after it is refused with `stopped` until `reset`.
 */
export function guardRobot(robot: Robot, options: GuardOptions): Robot {
  const { clock } = options;
  const rate = createRateWindow();
  let halts = 0;
  let latched = false;
  let judging = false;

  const refuse = (command: Command, failure: Failure<MotionFailure>): Failure<MotionFailure> => {
    const { code, message, details } = failure;
    options.onCommand?.({ command, verdict: "refused", code, message, ...(details && { details }) });
    return failure;
  };

  /** All that can be said before the robot is asked where it is. */
  const admit = (command: Command): Result<CheckedCommand, MotionFailure> => {
    if (latched) return stopped();
    const limits = options.limits();
    const checked = checkCommand(command, { model: robot.model, limits, overLimit: options.overLimit ?? "refuse" });
    if (!checked.ok) return checked;
    const ageMs = options.frameAgeMs?.() ?? 0;
    // Written so that an age that is not a number is too old.
    if (!(ageMs <= limits.maxFrameAgeMs)) {
      return fail(
        "stale-frame",
        `The newest picture is ${Math.round(ageMs)} ms old; the limit is ${limits.maxFrameAgeMs} ms. Look again.`,
        { bound: limits.maxFrameAgeMs, value: ageMs },
      );
    }
    if (rate.isFull(clock.nowMs(), limits.commandsPerSecond)) {
      return fail("rate-limit", `More than ${limits.commandsPerSecond} commands in a second. Send fewer.`, {
        bound: limits.commandsPerSecond,
      });
    }
    return checked;
  };

  /** Judges a command and sends what is left of it after clamping. */
  const pass = async <C extends Command, T>(
    command: C,
    send: (command: C) => Promise<Result<T, MotionFailure>>,
  ): Promise<Result<T, MotionFailure>> => {
    // Two commands judged at once would each be judged as if the other did not move the arm.
    if (judging)
      throw new ControllerError("bad-input", "A command came while another is being judged; await each one.");
    judging = true;
    let allowed: C;
    try {
      const admitted = admit(command);
      if (!admitted.ok) return refuse(command, admitted);
      // A check may lower a number; it never changes the type.
      allowed = admitted.value.command as C;
      const motion = await judgeMotion(allowed);
      if (!motion.ok) return refuse(command, motion);
      const { clearanceM } = motion.value;
      const details = { ...admitted.value.clamp, ...(Number.isFinite(clearanceM) && { clearanceM }) };
      options.onCommand?.({ command: allowed, verdict: "sent", ...(Object.keys(details).length > 0 && { details }) });
      rate.count(clock.nowMs());
    } finally {
      judging = false;
    }
    return send(allowed);
  };

  const judgeMotion = async (command: Command): Promise<MotionVerdict> => {
    if (command.type === "set-gripper" || command.type === "look") return ok({ clearanceM: Infinity });
    const before = halts;
    const state = await robot.state();
    if (state.stopped || halts !== before) return stopped();
    const load = options.load?.();
    const context: MotionContext = {
      model: robot.model,
      limits: options.limits(),
      state,
      load: load === undefined ? [] : loadShapes(robot.model, load.sizeM),
    };
    if (command.type === "move-base") return checkBaseMotion(command.poseInOdom, context);
    const check =
      command.type === "move-tool"
        ? checkToolMotion(command.poseInBase, context)
        : checkJointMotion(command.positions, context);
    for (let step = check.next(); ; step = check.next()) {
      if (step.done === true) return step.value;
      await nextTurn();
      if (halts !== before) return stopped();
    }
  };

  return {
    name: robot.name,
    model: robot.model,
    connect: () => robot.connect(),
    state: async () => {
      const state = await robot.state();
      return latched ? { ...state, stopped: true } : state;
    },
    moveTool: (poseInBase, { speedMps, signal }) =>
      pass({ type: "move-tool", poseInBase: poseInBase as WirePose, speedMps }, (command) =>
        robot.moveTool(command.poseInBase, { speedMps: command.speedMps, signal }),
      ),
    moveJoints: (positions, { speedRadps, signal }) =>
      pass({ type: "move-joints", positions: positions as number[], speedRadps }, (command) =>
        robot.moveJoints(command.positions, { speedRadps: command.speedRadps, signal }),
      ),
    setGripper: (widthM, { forceN, signal }) =>
      pass({ type: "set-gripper", widthM, forceN }, (command) =>
        robot.setGripper(command.widthM, { forceN: command.forceN, signal }),
      ),
    moveBase: (poseInOdom, { signal }) =>
      pass({ type: "move-base", poseInOdom }, (command) => robot.moveBase(command.poseInOdom, { signal })),
    look: (panRad, tiltRad, { signal }) =>
      pass({ type: "look", panRad, tiltRad }, (command) => robot.look(command.panRad, command.tiltRad, { signal })),
    wait: async (seconds, { signal }) => {
      if (latched) return stopped();
      if (!Number.isFinite(seconds) || seconds < 0) {
        return fail("bad-action", `Expected seconds of at least 0, found ${seconds}.`, { bound: 0, value: seconds });
      }
      return robot.wait(seconds, { signal });
    },
    halt() {
      latched = true;
      halts++;
      robot.halt();
    },
    async reset() {
      const before = halts;
      await robot.reset();
      // A halt that came in while the robot was being reset still counts.
      if (halts === before) latched = false;
    },
    close: () => robot.close(),
  };
}

const stopped = (): Failure<"stopped"> =>
  fail("stopped", "The robot is stopped. A person must reset it before it moves again.");
