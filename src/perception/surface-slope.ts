import type { DepthMap } from "../domain/frame.js";
import { cross, normalize, subtract, type Vec3 } from "../domain/geometry/vec3.js";
import { createDeprojector, depthAt, type CameraView } from "./surface-points.js";

/** How far what should be level is from level, as the camera has it. */
export interface SurfaceSlope {
  /** Rising away from the robot is positive: the focal length is too short, or the camera looks further down than it says. */
  readonly pitchRad: number;
  /** Rising to the left is positive. */
  readonly rollRad: number;
  /** Places that were measured. */
  readonly samples: number;
}

/** Pixels between a place and its neighbours, in a picture 640 pixels wide: far enough that the sensor's noise hardly tilts it. */
const REACH = 16;
const STEP = 24;
/** Within 41 degrees of level: counters and floors, also where the camera is badly wrong; no walls. */
const MIN_UP = 0.75;
const MIN_SAMPLES = 80;

/**
 * Median slope of the nearly level surfaces in view. Floors, tables and counters are level; where all of them seem to slope the same
 * way, the camera's focal length or its pose is wrong. One part in ten of focal length shows as three degrees. Undefined where too
 * little is in view to tell.
 */
export function surfaceSlope(view: CameraView, depth: DepthMap): SurfaceSlope | undefined {
  const scale = Math.max(1, Math.round(view.width / 640));
  const [reach, step] = [REACH * scale, STEP * scale];
  const deproject = createDeprojector(view);
  const at = (u: number, v: number): Vec3 | undefined => {
    const depthM = depthAt(view, depth, u, v);
    if (depthM === 0) return undefined;
    const { x, y, z } = deproject(u, v, depthM);
    return [x, y, z];
  };
  const pitches: number[] = [];
  const rolls: number[] = [];
  for (let v = reach + 0.5; v < view.height - reach; v += step) {
    for (let u = reach + 0.5; u < view.width - reach; u += step) {
      const [left, right, above, below] = [at(u - reach, v), at(u + reach, v), at(u, v - reach), at(u, v + reach)];
      if (left === undefined || right === undefined || above === undefined || below === undefined) continue;
      const normal = normalize(cross(subtract(right, left), subtract(above, below)));
      if (!(normal[2] > MIN_UP)) continue;
      pitches.push(Math.atan2(-normal[0], normal[2]));
      rolls.push(Math.atan2(-normal[1], normal[2]));
    }
  }
  if (pitches.length < MIN_SAMPLES) return undefined;
  return { pitchRad: median(pitches), rollRad: median(rolls), samples: pitches.length };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
