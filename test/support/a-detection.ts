import type { Detection } from "../../src/domain/detection.js";
import type { Vec3 } from "../../src/domain/geometry/vec3.js";

export interface ADetection {
  readonly id?: string;
  readonly kind?: string;
  readonly color?: string;
  readonly state?: string;
  readonly center?: Vec3;
  readonly sizeM?: Vec3;
  readonly yawRad?: number;
  readonly seenInFrame?: number;
  readonly held?: true;
}

/** A detection with only what a test cares about; it is seen in frame 1. */
export function aDetection(options: ADetection = {}): Detection {
  const { id = "d1", kind = "bag", color, state, held } = options;
  const { center = [0.45, 0, 0.76], sizeM = [0.05, 0.05, 0.08], yawRad = 0, seenInFrame = 1 } = options;
  return {
    id,
    label: color === undefined ? kind : `${color} ${kind}`,
    box: { x0: 0.4, y0: 0.4, x1: 0.6, y1: 0.6 },
    score: 0.9,
    attributes: {
      kind: [[kind, 0.95]],
      color: color === undefined ? [] : [[color, 0.9]],
      ...(state !== undefined && { state: [[state, 0.9]] }),
    },
    point: { x: 0.5, y: 0.5, z: 1 },
    positionInBase: [center[0], center[1], center[2] + sizeM[2] / 2],
    extentInBase: { center, sizeM, yawRad },
    seenInFrame,
    ageS: 0,
    ...(held && { held }),
  };
}
