import type { Target } from "../domain/action.js";
import { deproject } from "../domain/geometry/project.js";
import type { Pose } from "../domain/geometry/pose.js";
import { quaternionFromAxisAngle, multiplyQuaternions } from "../domain/geometry/quaternion.js";
import { distance, type Vec3 } from "../domain/geometry/vec3.js";
import { pointBoxDistance } from "../domain/kinematics/box-distance.js";
import { inverseKinematics } from "../domain/kinematics/inverse-kinematics.js";
import type { RobotModel } from "../domain/kinematics/robot-model.js";
import { forwardPose, topDownPose } from "../domain/kinematics/tool-pose.js";
import { fail, type Failure } from "../domain/result.js";
import type { Scene } from "../domain/scene.js";
import { workspaceExcess } from "./check-motion.js";
import { nearestZone, type Zone } from "./keep-out.js";
import type { SafetyLimits } from "./limits.js";
import { detectionAt, type Pointed } from "./plan-targets.js";

export interface PlaceContext {
  readonly scene: Scene;
  readonly limits: SafetyLimits;
  readonly model: RobotModel;
  readonly zones: readonly Zone[];
}

/** A place beside a thing may be this far from it; the thing's body and the tolerance come on top. */
const BESIDE_M = 0.3;
/** A thing that is put down is held about this far above the place. */
const ABOVE_PLACE_M = 0.06;

const metres = (value: number): string => `${value.toFixed(3)} m`;

/** Fails when the pointed-at place is not where perception measured the thing, or no measured surface is at its height. */
export function checkAgreement(pointed: Pointed, context: PlaceContext): Failure<"depth-disagrees"> | undefined {
  const { scene, limits } = context;
  const { target } = pointed;
  const point = deproject(scene.view, target);
  const detection = detectionAt(target, scene);
  const bound = limits.maxDepthDisagreementM;
  if (target.detectionId !== undefined && detection !== undefined) {
    const value = Math.min(distance(point, detection.positionInBase), pointBoxDistance(point, detection.extentInBase));
    const beside = pointed.role === "place" && pointed.target.placement === "beside" ? BESIDE_M : 0;
    if (value <= bound + beside) return undefined;
    return fail(
      "depth-disagrees",
      `"${target.label}" points ${metres(value)} away from where ${detection.id} was measured; ${metres(bound + beside)} is the limit. Point at the thing itself.`,
      { bound: bound + beside, value, pointInBase: point, measuredInBase: detection.positionInBase },
    );
  }
  const value = pointed.role === "thing" ? offNearestThing(point, scene) : offNearestSurface(point, scene);
  if (value <= bound) return undefined;
  return fail(
    "depth-disagrees",
    `"${target.label}" points at nothing that was measured: ${Number.isFinite(value) ? `the nearest is ${metres(value)} away` : "nothing was measured"}; ${metres(bound)} is the limit. Name a detection.`,
    { bound, value, pointInBase: point },
  );
}

const offNearestThing = (point: Vec3, { detections }: Scene): number =>
  Math.min(Infinity, ...detections.map(({ extentInBase }) => pointBoxDistance(point, extentInBase)));

/** How far the point is above or below the nearest height at which something was seen to stand or to end. */
function offNearestSurface(point: Vec3, { detections, freeSpots }: Scene): number {
  const heights = [
    ...freeSpots.map(({ positionInBase }) => positionInBase[2]),
    ...detections.flatMap(({ extentInBase: { center, sizeM } }) => [
      center[2] - sizeM[2] / 2,
      center[2] + sizeM[2] / 2,
    ]),
  ];
  return Math.min(Infinity, ...heights.map((height) => Math.abs(point[2] - height)));
}

/** Fails when the place is outside the workspace box or in (or too near to) a keep-out box. */
export function checkPlace(
  target: Target,
  context: PlaceContext & {
    /** The base may drive there, so the box about the arm does not count. */ readonly travels?: boolean;
  },
): Failure<"outside-workspace" | "keep-out"> | undefined {
  const { limits, scene, zones } = context;
  const point = deproject(scene.view, target);
  const outside = context.travels === true ? undefined : workspaceExcess(point, limits);
  if (outside !== undefined) return outside;
  const near = nearestZone(point, zones);
  if (near === undefined || near.clearanceM >= limits.marginM) return undefined;
  return fail(
    "keep-out",
    `"${target.label}" is ${near.clearanceM < 0 ? "inside" : `${metres(near.clearanceM)} from`} the keep-out box "${near.zone.name}"; ${metres(limits.marginM)} must be kept. Choose another.`,
    { zone: near.zone.name, bound: limits.marginM, value: near.clearanceM, pointInBase: point },
  );
}

/** Fails when no likely way of holding the tool brings it to the place. */
export function checkReach(
  pointed: Pointed,
  context: PlaceContext,
): Failure<"out-of-reach" | "joint-limit"> | undefined {
  const { model, scene } = context;
  const [x, y, z] = deproject(scene.view, pointed.target);
  const seed = scene.robot.jointPositions;
  let limited = false;
  for (const height of pointed.role === "place" ? [z + ABOVE_PLACE_M, z] : [z, z + ABOVE_PLACE_M / 2]) {
    for (const pose of approaches([x, y, height], model)) {
      const solved = inverseKinematics(model, pose, { seed, starts: 10 });
      if (solved.ok) return undefined;
      limited ||= solved.code === "joint-limit";
    }
  }
  const value = distance([x, y, z], model.mountInBase.position);
  const what = `"${pointed.target.label}" at (${x.toFixed(2)}, ${y.toFixed(2)}, ${z.toFixed(2)}) m, ${metres(value)} from the shoulder's mount,`;
  return limited
    ? fail("joint-limit", `${what} needs a joint beyond its limit. Choose another point, or approach it first.`, {
        value,
      })
    : fail("out-of-reach", `${what} is out of the arm's reach. Approach it first, or choose a nearer one.`, { value });
}

/** Tool poses to try at a point: from above at several yaws, then tilted outwards, then from the front. */
function* approaches(point: Vec3, model: RobotModel): Generator<Pose> {
  const [mountX, mountY] = model.mountInBase.position;
  const outwards = Math.atan2(point[1] - mountY, point[0] - mountX);
  for (const turn of [Math.PI / 2, -Math.PI / 2, 0, Math.PI / 4, -Math.PI / 4])
    yield topDownPose(point, outwards + turn);
  const axis: Vec3 = [Math.sin(outwards), -Math.cos(outwards), 0];
  for (const tilt of [0.5, 0.9]) {
    for (const turn of [Math.PI / 2, -Math.PI / 2]) {
      const down = topDownPose(point, outwards + turn);
      yield {
        position: point,
        orientation: multiplyQuaternions(quaternionFromAxisAngle(axis, tilt), down.orientation),
      };
    }
  }
  yield forwardPose(point, outwards);
  yield forwardPose(point, outwards, { opening: "horizontal" });
}
