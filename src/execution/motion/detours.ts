import { inverseKinematics } from "../../domain/kinematics/inverse-kinematics.js";
import type { RobotModel } from "../../domain/kinematics/robot-model.js";
import { toolPose } from "../../domain/kinematics/forward-kinematics.js";
import { topDownPose } from "../../domain/kinematics/tool-pose.js";

/** The hand drawn in towards the arm's axis as far as it goes with ease, metres. */
const DRAWN_IN_M = 0.34;

/**
 * Joint positions by which the arm gets around what stands between here and there: drawn in where it is, then turned to where it
 * goes, the hand pointing down. Undefined where it cannot draw in or turn. Whether the way is allowed is for the guard to say.
 */
export function drawnIn(
  model: RobotModel,
  { from, to, heightM }: { readonly from: readonly number[]; readonly to: readonly number[]; readonly heightM: number },
): readonly (readonly number[])[] | undefined {
  const [mountX, mountY] = model.mountInBase.position;
  const azimuth = (positions: readonly number[]): number => {
    const [x, y] = toolPose(model, positions).position;
    return Math.atan2(y - mountY, x - mountX);
  };
  const [here, there] = [azimuth(from), azimuth(to)];
  const at = (angle: number) =>
    topDownPose(
      [mountX + DRAWN_IN_M * Math.cos(angle), mountY + DRAWN_IN_M * Math.sin(angle), heightM],
      angle - Math.PI / 2,
    );
  // From where it goes, since that is where the arm has least choice; the first joint alone then turns it.
  const goal = inverseKinematics(model, at(there), { seed: to });
  if (!goal.ok) return undefined;
  const turned = goal.value[0] + Math.atan2(Math.sin(here - there), Math.cos(here - there));
  const { lower, upper } = model.joints[0];
  if (turned < lower || turned > upper) return undefined;
  return [[turned, ...goal.value.slice(1)], goal.value];
}
