import { inverseKinematics, planToolPath, topDownPose } from "../domain/kinematics/index.js";
import type { Perception } from "../ports/perception.js";
import type { Robot } from "../ports/robot.js";

/**
 * One look and some kinematics before the robot is armed. Code that runs for the first time is up to ten times slower, and the
 * first seconds of a mission are no time for a main thread that answers late.
 */
export async function warmUp(perception: Perception, { model }: Pick<Robot, "model">): Promise<void> {
  await perception.look({ phrases: [] });
  perception.reset();
  let positions = model.homePositions;
  for (const [xM, yM] of [
    [0.45, 0.1],
    [0.5, -0.2],
    [0.4, 0.35],
  ] as const) {
    const pose = topDownPose([xM, yM, model.mountInBase.position[2] + 0.2], 0);
    const reached = inverseKinematics(model, pose, { seed: positions });
    if (!reached.ok) continue;
    planToolPath(model, positions, pose);
    positions = reached.value;
    const above = topDownPose([xM, yM, pose.position[2] + 0.15], 0);
    planToolPath(model, positions, above, { stepM: 0.02 });
  }
}
