import { isMoving, type Action } from "../../domain/action.js";
import { ControllerError } from "../../domain/errors.js";
import { largestChange } from "../../domain/kinematics/tool-path.js";
import type { FailureCode } from "../../domain/receipt.js";
import { fail } from "../../domain/result.js";
import type { Grip } from "../effect.js";
import { createArm } from "./arm.js";
import { loadCapsule } from "./obstacles.js";
import { approach } from "./approach.js";
import { moveDrawer } from "./drawer.js";
import { grasp } from "./grasp.js";
import { look, wait } from "./look.js";
import { failed, type MotionContext, type Performed } from "./motion-context.js";
import { move, place } from "./place.js";
import { push } from "./push.js";
import { release } from "./release.js";

/** Carries out one action with the guarded robot. Expected failures are values; a lost robot is `link-lost`. */
export async function performAction(action: Action, context: MotionContext): Promise<Performed> {
  try {
    const performed = await perform(action, context);
    if (!performed.result.ok && isMoving(action)) await getClear(performed.result.code, performed.grip, context);
    return performed;
  } catch (error) {
    const kept = context.grip === undefined ? {} : { grip: context.grip };
    if (context.signal.aborted) return failed(fail("stopped", "The motion was interrupted."), kept);
    if (error instanceof ControllerError && error.code === "robot-disconnected") {
      return failed(fail("link-lost", error.message), kept);
    }
    throw error;
  }
}

/** After a failure that left the arm among things: up and home, so that the next look is not hidden by the arm. */
async function getClear(code: FailureCode, grip: Grip | undefined, context: MotionContext): Promise<void> {
  if (context.signal.aborted || code === "stopped" || code === "link-lost") return;
  const arm = createArm(context, []);
  if (grip !== undefined) {
    arm.carry([loadCapsule(context.robot.model, grip.bottomBelowToolM, 0.03)], grip.bottomBelowToolM);
  }
  const { jointPositions } = await arm.state();
  if (largestChange(jointPositions, context.robot.model.homePositions) < 0.05) return;
  await arm.lift();
  await arm.home();
}

function perform(action: Action, context: MotionContext): Promise<Performed> {
  switch (action.action) {
    case "approach":
      return approach(action, context);
    case "grasp":
      return grasp(action, context);
    case "move":
      return move(action, context);
    case "place":
      return place(action, context);
    case "release":
      return release(context);
    case "open":
    case "close":
      return moveDrawer(action, context);
    case "push":
      return push(action, context);
    case "look":
      return look(action, context);
    case "wait":
      return wait(action, context);
    case "say":
    case "ask":
    case "done":
    case "give-up":
      throw new ControllerError("internal", `"${action.action}" is the mission's to carry out, not the arm's.`);
  }
}
