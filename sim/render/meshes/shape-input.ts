import type { Vec3 } from "../../../src/domain/geometry/vec3.js";
import type { MaterialSpec } from "../../scenes/scene-spec.js";

/** What a shape is made from. The mesh fills `sizeM`, origin at its centre, z up. */
export interface ShapeInput {
  readonly sizeM: Vec3;
  readonly material: MaterialSpec;
  readonly variantSeed: number;
}
