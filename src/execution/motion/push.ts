import type { Action } from "../../domain/action.js";
import { ok, fail } from "../../domain/result.js";
import { toThing } from "../same-thing.js";
import { createArm } from "./arm.js";
import { findDetection, pointOf, requireDetection } from "./find-target.js";
import { failed, inOrder, isRefusal, type MotionContext, type Performed } from "./motion-context.js";
import { obstaclesOf } from "./obstacles.js";
import { planReach } from "./plan-reach.js";
import { pushPoses } from "./push-poses.js";
import { FORCES, SPEEDS } from "./speeds.js";

/** Slides a thing along its surface with closed fingers. */
export async function push(action: Extract<Action, { action: "push" }>, context: MotionContext): Promise<Performed> {
  const { grip, scene, robot } = context;
  if (grip !== undefined) {
    const message = `The hand holds the ${grip.thing.label}; put it down first.`;
    return failed(fail("hand-full", message), { grip });
  }
  const found = requireDetection(action.from, scene);
  if (!found.ok) return failed(found);
  const goal = findDetection(action.to, scene)?.extentInBase.center ?? pointOf(action.to, scene);
  const way = pushPoses(found.value, goal);
  const arm = createArm(context, [found.value.id]);
  const { jointPositions } = await arm.state();
  const reach = await planReach(robot.model, [way.pre, way.start, way.end], {
    from: jointPositions,
    obstacles: obstaclesOf(scene, [found.value.id]),
  });
  if (!reach.ok) return failed(reach);
  const pushed = await inOrder(
    () => arm.gripper(0, FORCES.openN),
    () => arm.travel(reach.value),
    () => arm.straight(way.start, SPEEDS.nearMps),
    () => arm.straight(way.end, SPEEDS.pushMps),
  );
  if (!pushed.ok && !isRefusal(pushed)) return failed(pushed);
  const left = await inOrder(arm.lift, arm.home, arm.open);
  if (!pushed.ok) return failed(pushed);
  if (!left.ok) return failed(left);
  return {
    result: ok(undefined),
    effect: {
      kind: "pushed",
      thing: toThing(found.value),
      from: found.value.extentInBase.center,
      direction: way.direction,
      distanceM: way.distanceM,
    },
    evidence: { expectedAt: goal },
  };
}
