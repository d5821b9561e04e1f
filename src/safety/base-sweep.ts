import type { Pose2d } from "../domain/geometry/pose.js";
import { segmentBoxDistance } from "../domain/kinematics/box-distance.js";
import { capsulesAt } from "../domain/kinematics/capsules.js";
import type { LinkCapsule, RobotModel } from "../domain/kinematics/robot-model.js";
import type { KeepOutZone } from "./limits.js";
import type { SweepVerdict } from "./sweep.js";

export interface BaseSweepJob {
  readonly model: RobotModel;
  readonly positions: readonly number[];
  readonly from: Pose2d;
  readonly to: Pose2d;
  /** As in the limits: fixed in the odometry frame. */
  readonly zones: readonly KeepOutZone[];
  readonly marginM: number;
  readonly load?: readonly LinkCapsule[];
}

/**
 * Judges a drive of the base in a straight line, whatever it turns on the way: every shape of the robot counts as the disc that
 * it sweeps when the base turns on the spot. A shape that is too near at the start may only come out.
 */
export function sweepBase(job: BaseSweepJob): SweepVerdict {
  let least = Infinity;
  for (const shape of capsulesAt(job.model, job.positions, job.load)) {
    const reach = Math.max(Math.hypot(shape.from[0], shape.from[1]), Math.hypot(shape.to[0], shape.to[1]));
    const low = Math.min(shape.from[2], shape.to[2]) - shape.radiusM;
    const high = Math.max(shape.from[2], shape.to[2]) + shape.radiusM;
    for (const zone of job.zones) {
      const bottom = zone.center[2] - zone.sizeM[2] / 2 - job.marginM;
      const top = zone.center[2] + zone.sizeM[2] / 2 + job.marginM;
      if (high < bottom || low > top) continue;
      // Heights overlap, so only the plan counts: flatten both to the zone's middle height.
      const at = (pose: Pose2d): [number, number, number] => [pose.xM, pose.yM, zone.center[2]];
      const box = { ...zone, sizeM: [zone.sizeM[0], zone.sizeM[1], 1000] } as const;
      const radius = reach + shape.radiusM;
      const onTheWay = segmentBoxDistance(at(job.from), at(job.to), box) - radius;
      least = Math.min(least, onTheWay);
      if (onTheWay >= job.marginM) continue;
      const before = segmentBoxDistance(at(job.from), at(job.from), box) - radius;
      const after = segmentBoxDistance(at(job.to), at(job.to), box) - radius;
      // Distance to a box is convex along a line: nearest at the start means further all the way.
      if (before < job.marginM && after > before + 1e-6 && onTheWay >= before - 1e-6) continue;
      return { free: false, zone: zone.name, clearanceM: onTheWay, link: shape.link };
    }
  }
  return { free: true, clearanceM: least };
}
