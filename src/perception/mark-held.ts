import type { HeldThing } from "../domain/scene.js";
import type { RobotState } from "../domain/robot-state.js";
import { distance } from "../domain/geometry/vec3.js";
import type { Measurement } from "./measure.js";

/** A thing whose visible part or middle is this near to the tool centre point is in the hand. */
const IN_HAND_M = 0.06;

/** Marks the thing between the fingers, if the robot believes that it holds one: the nearest, of the same words first. */
export function markHeld(
  measurements: readonly Measurement[],
  robot: RobotState,
  held: HeldThing | undefined,
): readonly Measurement[] {
  if (!held) return measurements;
  const tool = robot.toolPoseInBase.position;
  const near = measurements
    .map((measurement) => ({
      measurement,
      apart: Math.min(distance(measurement.positionInBase, tool), distance(measurement.extentInBase.center, tool)),
    }))
    .filter(({ apart }) => apart < IN_HAND_M)
    .sort(
      (a, b) =>
        Number(b.measurement.label === held.label) - Number(a.measurement.label === held.label) || a.apart - b.apart,
    );
  const inHand = near[0]?.measurement;
  return measurements.map((measurement) =>
    measurement === inHand ? { ...measurement, held: true as const } : measurement,
  );
}
