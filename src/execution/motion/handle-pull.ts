import type { Detection } from "../../domain/detection.js";
import type { Pose } from "../../domain/geometry/pose.js";
import { add, dot, scale, subtract, type Vec3 } from "../../domain/geometry/vec3.js";
import { forwardPose } from "../../domain/kinematics/tool-pose.js";
import type { Scene } from "../../domain/scene.js";
import { freshDetections, kindOf } from "../same-thing.js";

/** How a drawer is taken by its handle and moved. */
export interface HandlePull {
  /** In front of the handle, fingers open above and below the bar. */
  readonly pre: Pose;
  /** The bar between the fingers. */
  readonly grasp: Pose;
  /** Horizontal unit vector in which the drawer comes out. */
  readonly opening: Vec3;
  readonly handleAt: Vec3;
  /** Pose with the drawer moved by `metres` along the opening direction from where it is. */
  moved(metres: number): Pose;
}

const PRE_M = 0.1;
/** The fingertips reach past the bar, but not to the front behind it. */
const BEYOND_BAR_M = 0.008;

/** The handle that belongs to a drawer: in front of it and level with it. A handle may also be named itself. */
export function handleOf(target: Detection, scene: Scene): Detection | undefined {
  if (kindOf(target) === "handle") return target;
  const outwards = outwardsOf(target);
  const across: Vec3 = [-outwards[1], outwards[0], 0];
  const { center, sizeM } = target.extentInBase;
  const aside = (d: Detection): number => Math.abs(dot(subtract(d.extentInBase.center, center), across));
  return freshDetections(scene)
    .filter((d) => {
      if (kindOf(d) !== "handle") return false;
      const ahead = dot(subtract(d.extentInBase.center, center), outwards) - sizeM[0] / 2;
      return aside(d) < Math.max(0.08, sizeM[1] / 2) && Math.abs(ahead) < 0.15;
    })
    .sort((a, b) => aside(a) - aside(b))[0];
}

/** Out of the cabinet: against the x axis of a drawer's box. */
function outwardsOf({ extentInBase }: Detection): Vec3 {
  return [-Math.cos(extentInBase.yawRad), -Math.sin(extentInBase.yawRad), 0];
}

/** Poses for pulling or pushing by the handle. The bar's direction, better measured than the box, gives the sliding direction. */
export function handlePull(handle: Detection, drawer: Detection, mount: Vec3): HandlePull {
  const { center, yawRad: barYaw } = handle.extentInBase;
  const rough = kindOf(drawer) === "drawer" ? outwardsOf(drawer) : subtract(mount, center);
  const normal: Vec3 = [-Math.sin(barYaw), Math.cos(barYaw), 0];
  const opening = dot(normal, [rough[0], rough[1], 0]) < 0 ? scale(normal, -1) : normal;
  const inwardYaw = Math.atan2(-opening[1], -opening[0]);
  const at = (outM: number): Pose => forwardPose(add(center, scale(opening, outM)), inwardYaw);
  return {
    pre: at(PRE_M),
    grasp: at(-BEYOND_BAR_M),
    opening,
    handleAt: handle.positionInBase,
    moved: (metres) => at(metres - BEYOND_BAR_M),
  };
}
