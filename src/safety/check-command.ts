import { commandSchema, type Command } from "../domain/command.js";
import type { RobotModel } from "../domain/kinematics/robot-model.js";
import { fail, ok, type Result } from "../domain/result.js";
import type { MotionFailure } from "../ports/robot.js";
import type { SafetyLimits } from "./limits.js";

/** A command cut down to a bound, for callers that allow it. */
export interface Clamp {
  readonly clamped: "speedMps" | "speedRadps" | "forceN";
  readonly bound: number;
  readonly value: number;
}

export interface CheckedCommand {
  readonly command: Command;
  readonly clamp?: Clamp;
}

/** Judges what a command says by itself: form, finiteness, speed, force, width. No robot state is needed. */
export function checkCommand(
  command: unknown,
  options: { readonly model: RobotModel; readonly limits: SafetyLimits; readonly overLimit: "refuse" | "clamp" },
): Result<CheckedCommand, MotionFailure> {
  const parsed = commandSchema.safeParse(command);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail("bad-action", `Expected a command; ${issue.path.join(".") || "it"}: ${issue.message}.`, {
      path: issue.path.join("."),
    });
  }
  const { limits, model, overLimit } = options;
  const checked = parsed.data;
  switch (checked.type) {
    case "move-tool": {
      const length = Math.hypot(...checked.poseInBase.orientation);
      if (Math.abs(length - 1) > 0.01) {
        return fail("bad-action", `Expected a unit quaternion, found length ${length.toFixed(3)}.`, {
          bound: 1,
          value: length,
        });
      }
      const { speedMps } = checked;
      if (speedMps <= limits.maxSpeedMps) return ok({ command: checked });
      const bound = limits.maxSpeedMps;
      if (overLimit === "refuse") return tooFast(speedMps, bound, "m/s");
      return ok({ command: { ...checked, speedMps: bound }, clamp: { clamped: "speedMps", bound, value: speedMps } });
    }
    case "move-joints": {
      const { speedRadps } = checked;
      if (speedRadps <= limits.maxJointSpeedRadps) return ok({ command: checked });
      const bound = limits.maxJointSpeedRadps;
      if (overLimit === "refuse") return tooFast(speedRadps, bound, "rad/s");
      return ok({
        command: { ...checked, speedRadps: bound },
        clamp: { clamped: "speedRadps", bound, value: speedRadps },
      });
    }
    case "set-gripper": {
      const { widthM, forceN } = checked;
      const widest = model.gripper.maxWidthM;
      if (widthM > widest + 1e-6) {
        return fail("bad-action", `The gripper opens ${widest} m; ${widthM} m was asked for.`, {
          bound: widest,
          value: widthM,
        });
      }
      const bound = Math.min(limits.maxForceN, model.gripper.maxForceN);
      if (forceN <= bound) return ok({ command: checked });
      if (overLimit === "refuse") {
        return fail("too-strong", `Gripper force is limited to ${bound} N; ${forceN} N was asked for.`, {
          bound,
          value: forceN,
        });
      }
      return ok({ command: { ...checked, forceN: bound }, clamp: { clamped: "forceN", bound, value: forceN } });
    }
    case "move-base":
    case "look":
      return ok({ command: checked });
  }
}

const tooFast = (value: number, bound: number, unit: string): Result<CheckedCommand, MotionFailure> =>
  fail("too-fast", `Speed is limited to ${bound} ${unit}; ${value} ${unit} was asked for. Ask for less.`, {
    bound,
    value,
  });
