import type { Pose2d } from "../domain/geometry/pose.js";
import type { Vec3 } from "../domain/geometry/vec3.js";
import { pointBoxDistance, type OrientedBox } from "../domain/kinematics/box-distance.js";
import type { LinkCapsule, RobotModel } from "../domain/kinematics/robot-model.js";
import type { KeepOutZone } from "./limits.js";

/** A keep-out box in the base frame as the base stands now. */
export interface Zone extends OrientedBox {
  readonly name: string;
}

/** Keep-out boxes are fixed in the room; this expresses them in the frame of the base, wherever it has driven. */
export function zonesInBase(zones: readonly KeepOutZone[], basePoseInOdom: Pose2d): readonly Zone[] {
  const { xM, yM, yawRad } = basePoseInOdom;
  const cos = Math.cos(yawRad);
  const sin = Math.sin(yawRad);
  return zones.map((zone) => {
    const dx = zone.center[0] - xM;
    const dy = zone.center[1] - yM;
    return {
      name: zone.name,
      center: [cos * dx + sin * dy, cos * dy - sin * dx, zone.center[2]],
      sizeM: zone.sizeM,
      yawRad: zone.yawRad - yawRad,
    };
  });
}

/** The zone nearest to a point and the distance to it in metres, negative inside. Undefined when there are no zones. */
export function nearestZone(
  point: Vec3,
  zones: readonly Zone[],
): { readonly zone: Zone; readonly clearanceM: number } | undefined {
  let nearest: { zone: Zone; clearanceM: number } | undefined;
  for (const zone of zones) {
    const clearanceM = pointBoxDistance(point, zone);
    if (nearest === undefined || clearanceM < nearest.clearanceM) nearest = { zone, clearanceM };
  }
  return nearest;
}

/**
 * Shapes that stand for a held thing of the given size (lengths along the base frame's x, y and z when it was seen standing). It hangs
 * below a hand that points down, held anywhere along its height; about a hand that points elsewhere it is taken as a ball.
 */
export function loadShapes(model: RobotModel, sizeM: Vec3): readonly LinkCapsule[] {
  const hand = model.joints.length;
  const [x, y, height] = sizeM;
  return [
    { link: hand, from: [0, 0, 0], to: [0, 0, height], radiusM: Math.hypot(x, y) / 2 },
    { link: hand, from: [0, 0, 0], to: [0, 0, 0], radiusM: Math.hypot(x, y, height) / 2 },
  ];
}
