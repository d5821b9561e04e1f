import type { Random } from "../random.js";
import type { RobotModel } from "./robot-model.js";

/** For tests: joint positions anywhere within the limits. */
export const drawPositions = (model: RobotModel, random: Random): number[] =>
  model.joints.map((joint) => random.between(joint.lower, joint.upper));

export const withinLimits = (model: RobotModel, q: readonly number[]): boolean =>
  q.every((v, i) => v >= model.joints[i].lower - 1e-9 && v <= model.joints[i].upper + 1e-9);
