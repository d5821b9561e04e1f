import type { Vec3 } from "../../src/domain/geometry/vec3.js";
import type { Area, Circle } from "./placement.js";
import type { DrawerSpec, MaterialSpec, RegionSpec, StaticSpec } from "./scene-spec.js";

/** A room without movable things: what stands still, and where things may be put. */
export interface Layout {
  readonly statics: readonly StaticSpec[];
  readonly drawers: readonly DrawerSpec[];
  readonly regions: readonly RegionSpec[];
  readonly areas: readonly Area[];
  /** Places on the work surface that must stay free. */
  readonly blocked: readonly Circle[];
}

export const WORKTOP_Z = 0.72;

interface BoxOptions {
  readonly region?: string;
  readonly collides?: boolean;
  readonly yawRad?: number;
}

/** A static box from its lowest to its highest corner. */
export function boxBetween(
  name: string,
  low: Vec3,
  high: Vec3,
  { material, region, collides = true, yawRad = 0 }: BoxOptions & { material: MaterialSpec },
): StaticSpec {
  return {
    name,
    ...(region === undefined ? {} : { region }),
    center: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
    sizeM: [high[0] - low[0], high[1] - low[1], high[2] - low[2]],
    yawRad,
    material,
    collides,
  };
}
