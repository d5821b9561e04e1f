import { ControllerError } from "../../domain/errors.js";
import { fail, ok, type Result } from "../../domain/result.js";
import type { MotionFailure } from "../../ports/robot.js";
import type { GoalEnd } from "./goal-end.js";
import type { RosMessage } from "./ros-types.js";

/** What a goal's end means for a motion. A broken link throws `robot-disconnected`. */
export function motionEnd(what: string, end: GoalEnd): Result<RosMessage | undefined, MotionFailure> {
  switch (end.status) {
    case "succeeded":
      return ok(end.values);
    case "canceled":
      return fail("stopped", `The ${what} was cancelled before it had ended: ${end.text}`);
    case "aborted":
    case "rejected":
      return fail("not-moved", `The robot ${end.status} the ${what}: ${end.text}`, { ...end.values });
    case "silent":
    case "timeout":
      return fail("timeout", `${end.text}.`);
    case "link-lost":
      throw new ControllerError(
        "robot-disconnected",
        `The link broke while the robot carried out a ${what}: ${end.text}.`,
      );
  }
}
